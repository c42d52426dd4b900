import { caaIodef } from "../../../../verify/checks/caa/iodef";
import { describeCheck } from "../support/world";
import { caa, without, zoneOnly } from "./support";

describeCheck(caaIodef, [
  { when: "the records have it", world: zoneOnly(), outcome: "passed", evidence: /CAA 0 iodef/ },
  {
    when: "the domain's records lack it",
    world: zoneOnly(without("iodef")),
    outcome: "warning",
    evidence: /at example\.com have no iodef/,
    remedy: /example\.com\. CAA 0 iodef "mailto:postmaster@example\.com"/,
  },
  {
    when: "the mail host's own records lack it",
    world: zoneOnly({ "example.com CAA": caa, "mx.example.com CAA": without("iodef") }),
    outcome: "warning",
    remedy: /mx\.example\.com\. CAA 0 iodef/,
  },
  {
    when: "the records of a mail host elsewhere lack it, which is not for the domain's owner to mend",
    world: zoneOnly({
      "example.com CAA": caa,
      "example.com MX": ["10 mx.example.net"],
      "mx.example.net A": ["192.0.2.9"],
      "mx.example.net CAA": without("iodef"),
    }),
    outcome: "passed",
  },
  { when: "there are no records", world: zoneOnly([]), outcome: "not-applicable" },
]);
