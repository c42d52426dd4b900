import { dmarcRemovedTags } from "../../../../verify/checks/dmarc/removed-tags";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

describeCheck(dmarcRemovedTags, [
  {
    when: "there is none",
    world: { zone: zoneWith("v=DMARC1; p=reject; rua=mailto:a@example.com") },
    outcome: "passed",
  },
  {
    when: "the policy is for a part of the mail",
    world: { zone: zoneWith("v=DMARC1; p=none; pct=50; ri=86400; rf=afrf; fo=1") },
    outcome: "warning",
    evidence: /pct=50, rf=afrf, ri=86400/,
    remedy: /TXT "v=DMARC1; p=none; fo=1"/,
  },
  {
    when: "reports are limited in size",
    world: { zone: zoneWith("v=DMARC1; p=reject; rua=mailto:a@example.com!10m,mailto:b@example.com") },
    outcome: "warning",
    evidence: /!10m behind mailto:a@example\.com/,
    remedy: /rua=mailto:a@example\.com,mailto:b@example\.com"/,
  },
]);
