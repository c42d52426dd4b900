import { dnsDomainkey } from "../../../../verify/checks/dns/domainkey";
import { describeCheck } from "../support/world";
import { goodZone } from "./good-zone";

const signed = { ...goodZone, "s1._domainkey.example.com TXT": ["v=DKIM1; p=MIIB"] };
const expected = {
  hostname: "mx.example.com",
  addresses: [],
  records: [{ name: "s1._domainkey.example.com", type: "TXT", value: "v=DKIM1; p=MIIB" }],
};

describeCheck(dnsDomainkey, [
  { when: "there is a key below the name", world: { zone: signed }, outcome: "passed" },
  {
    when: "the name servers deny it though there is a key below",
    world: { zone: signed, denied: ["_domainkey.example.com"], dkimSelectors: ["s1"] },
    outcome: "failed",
    evidence: /NXDOMAIN, though there is a key at s1\._domainkey\.example\.com/,
    remedy: /RFC 8020/,
  },
  {
    when: "the stack knows of the key that is below the denied name",
    world: { zone: signed, denied: ["_domainkey.example.com"], expected },
    outcome: "failed",
  },
  {
    when: "there is no key at all, which is another check's",
    world: { zone: goodZone },
    outcome: "not-applicable",
  },
  {
    when: "the key that is known of is gone, which is another check's",
    world: { zone: goodZone, dkimSelectors: ["s1"] },
    outcome: "not-applicable",
  },
]);
