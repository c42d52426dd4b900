import { spfVoidLookups } from "../../../../verify/checks/spf/void-lookups";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const hosts = { "example.com MX": ["10 mx.example.com"], "six.example.net AAAA": ["2001:db8::1"] };

describeCheck(spfVoidLookups, [
  {
    when: "each term leads somewhere",
    world: { zone: zoneWith("v=spf1 mx a:six.example.net -all", hosts) },
    outcome: "passed",
    evidence: /^No look-ups/,
  },
  {
    when: "two hosts are gone",
    world: { zone: zoneWith("v=spf1 mx a:x.example.net exists:y.example.net -all", hosts) },
    outcome: "passed",
    evidence: /a:x\.example\.net of example\.com leads to nothing/,
  },
  {
    when: "three hosts are gone, one of them in what it includes",
    world: {
      zone: zoneWith("v=spf1 a:x.example.net mx:y.example.net include:_spf.example.net -all", {
        "_spf.example.net TXT": ["v=spf1 a ?all"],
      }),
    },
    outcome: "failed",
    evidence: /^3 look-ups.*a of _spf\.example\.net/s,
  },
  {
    when: "terms ask for the sender, whom nobody knows",
    world: {
      zone: zoneWith("v=spf1 exists:%{i}.a.example.com exists:%{l}.b.example.com exists:%{h} ptr -all"),
    },
    outcome: "passed",
  },
  {
    when: "the name servers of a host are broken",
    world: { zone: zoneWith("v=spf1 a:x.example.net -all"), broken: ["x.example.net"] },
    outcome: "not-checked",
  },
]);
