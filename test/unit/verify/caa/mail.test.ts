import { caaMail } from "../../../../verify/checks/caa/mail";
import { describeCheck } from "../support/world";
import { caa, without, zoneOnly } from "./support";

describeCheck(caaMail, [
  { when: "the records have it", world: zoneOnly(), outcome: "passed", evidence: /CAA 0 issuemail/ },
  {
    when: "the domain's records lack it",
    world: zoneOnly(without("issuemail")),
    outcome: "warning",
    evidence: /at example\.com have no issuemail/,
    remedy: /example\.com\. CAA 0 issuemail ";"/,
  },
  {
    when: "the mail host's own records lack it",
    world: zoneOnly({ "example.com CAA": caa, "mx.example.com CAA": without("issuemail") }),
    outcome: "warning",
    remedy: /mx\.example\.com\. CAA 0 issuemail/,
  },
  {
    when: "the records of a mail host elsewhere lack it, which is not for the domain's owner to mend",
    world: zoneOnly({
      "example.com CAA": caa,
      "example.com MX": ["10 mx.example.net"],
      "mx.example.net A": ["192.0.2.9"],
      "mx.example.net CAA": without("issuemail"),
    }),
    outcome: "passed",
  },
  { when: "there are no records", world: zoneOnly([]), outcome: "not-applicable" },
]);
