import { dkimKey } from "../../../../verify/checks/dkim/key";
import { describeCheck } from "../support/world";
import { ed25519Key, rsaKey, split, zoneWith } from "./support";

const key = `v=DKIM1; k=rsa; p=${rsaKey()}`;
const expected = { hostname: "mx.example.com", addresses: ["192.0.2.1"] };
const declared = { name: "rsa1._domainkey.example.com", type: "TXT", value: key };

describeCheck(dkimKey, [
  {
    when: "the selector that the operator names has a key, in two strings",
    world: { dkimSelectors: ["2026a"], zone: zoneWith(split(key), "2026a") },
    outcome: "passed",
    evidence: /2026a \(RSA, 2048 bits\)/,
  },
  {
    when: "nobody names a selector, and common ones have keys",
    world: {
      zone: { ...zoneWith(split(key), "rsa1"), ...zoneWith(`v=DKIM1; k=ed25519; p=${ed25519Key()}`, "ed1") },
    },
    outcome: "passed",
    evidence: /rsa1 \(RSA, 2048 bits\), ed1 \(Ed25519\), found by common names/,
  },
  {
    when: "the selector leads by CNAME to the provider's key",
    world: {
      dkimSelectors: ["s1"],
      zone: {
        "s1._domainkey.example.com CNAME": ["s1.keys.example.net"],
        "s1.keys.example.net TXT": [split(key)],
      },
    },
    outcome: "passed",
    evidence: /s1/,
  },
  {
    when: "a selector in use has no key, another has",
    world: { dkimSelectors: ["old", "new"], zone: zoneWith(split(key), "new") },
    outcome: "failed",
    evidence: /selector old has no key: at old\._domainkey\.example\.com is no TXT record/,
    remedy: /old\._domainkey\.example\.com\. TXT/,
  },
  {
    when: "the CNAME of a selector leads nowhere",
    world: {
      dkimSelectors: ["s1"],
      zone: { ...zoneWith(key, "mail"), "s1._domainkey.example.com CNAME": ["s1.keys.example.net"] },
    },
    outcome: "failed",
    evidence: /leads to s1\.keys\.example\.net/,
  },
  {
    when: "the stack's key is not published",
    world: { expected: { ...expected, records: [declared] }, zone: { "example.com A": ["192.0.2.1"] } },
    outcome: "failed",
    remedy: /^Publish what .*: rsa1\._domainkey\.example\.com\. TXT "v=DKIM1; k=rsa; p=.{237}" "/,
  },
  {
    when: "a wildcard answers for the selector with something else",
    world: { dkimSelectors: ["mail"], zone: zoneWith("v=spf1 -all") },
    outcome: "failed",
    evidence: /is no DKIM key: "v=spf1 -all"/,
  },
  {
    when: "only a wildcard answers for the common selectors",
    world: {
      zone: Object.fromEntries(
        ["no-key-has-this-selector", "mail", "default", "s1"].map((selector) => [
          `${selector}._domainkey.example.com TXT`,
          ["v=DKIM1; p="],
        ]),
      ),
    },
    outcome: "not-checked",
  },
  {
    when: "the key is under a selector that nobody would guess",
    world: { zone: zoneWith(split(key), "w7k2q") },
    outcome: "not-checked",
    remedy: /--dkim-selector/,
  },
  {
    when: "there is no _domainkey at all",
    world: { zone: { "example.com MX": ["10 mx.example.com"] } },
    outcome: "warning",
    evidence: /NXDOMAIN/,
  },
  {
    when: "the domain does no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
  {
    when: "the name servers fail for the selector in use",
    world: { dkimSelectors: ["mail"], zone: zoneWith(key, "s1"), broken: ["mail._domainkey.example.com"] },
    outcome: "not-checked",
    evidence: /SERVFAIL/,
  },
]);
