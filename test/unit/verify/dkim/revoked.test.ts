import { dkimRevoked } from "../../../../verify/checks/dkim/revoked";
import { describeCheck } from "../support/world";
import { rsaKey, zoneWith } from "./support";

const key = `v=DKIM1; p=${rsaKey()}`;

describeCheck(dkimRevoked, [
  {
    when: "the key is in force",
    world: { zone: zoneWith(key) },
    outcome: "passed",
    evidence: /None is revoked/,
  },
  {
    when: "the key in use is revoked",
    world: { dkimSelectors: ["mail"], zone: zoneWith("v=DKIM1; k=rsa; p=") },
    outcome: "failed",
    evidence: /mail\._domainkey\.example\.com/,
  },
  {
    when: "the key of a retired selector is revoked",
    world: { zone: { ...zoneWith(key), ...zoneWith("v=DKIM1; p=", "s1") } },
    outcome: "passed",
    evidence: /not known to be in use: s1/,
  },
  {
    when: "a revoked key is beside the one in use, which is another check's",
    world: { dkimSelectors: ["mail"], zone: { "mail._domainkey.example.com TXT": [key, "v=DKIM1; p="] } },
    outcome: "passed",
  },
  { when: "there is no key", world: { zone: {} }, outcome: "not-applicable" },
]);
