import { caaWildcard } from "../../../../verify/checks/caa/wildcard";
import { describeCheck } from "../support/world";
import { caa, without, zoneOnly } from "./support";

describeCheck(caaWildcard, [
  { when: "the records have it", world: zoneOnly(), outcome: "passed", evidence: /CAA 0 issuewild/ },
  {
    when: "the domain's records lack it",
    world: zoneOnly(without("issuewild")),
    outcome: "warning",
    evidence: /at example\.com have no issuewild/,
    remedy: /example\.com\. CAA 0 issuewild ";"/,
  },
  {
    when: "the mail host's own records lack it",
    world: zoneOnly({ "example.com CAA": caa, "mx.example.com CAA": without("issuewild") }),
    outcome: "warning",
    remedy: /mx\.example\.com\. CAA 0 issuewild/,
  },
  {
    when: "the records of a mail host elsewhere lack it, which is not for the domain's owner to mend",
    world: zoneOnly({
      "example.com CAA": caa,
      "example.com MX": ["10 mx.example.net"],
      "mx.example.net A": ["192.0.2.9"],
      "mx.example.net CAA": without("issuewild"),
    }),
    outcome: "passed",
  },
  { when: "there are no records", world: zoneOnly([]), outcome: "not-applicable" },
]);
