import { dkimTesting } from "../../../../verify/checks/dkim/testing";
import { describeCheck } from "../support/world";
import { rsaKey, zoneWith } from "./support";

const p = rsaKey(1024);

describeCheck(dkimTesting, [
  { when: "no flag is set", world: { zone: zoneWith(`v=DKIM1; p=${p}`) }, outcome: "passed" },
  { when: "only t=s is set", world: { zone: zoneWith(`v=DKIM1; t=s; p=${p}`) }, outcome: "passed" },
  {
    when: "the key is still marked as a test",
    world: { zone: zoneWith(`v=DKIM1; t=s:y; p=${p}`) },
    outcome: "warning",
    evidence: /mail\._domainkey\.example\.com/,
    remedy: /TXT "v=DKIM1; p=/,
  },
]);
