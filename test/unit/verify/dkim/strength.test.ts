import { dkimStrength } from "../../../../verify/checks/dkim/strength";
import { describeCheck } from "../support/world";
import { ed25519Key, rsaKey, zoneWith } from "./support";

const rsa = (bits: number) => `v=DKIM1; p=${rsaKey(bits)}`;
const ed25519 = `v=DKIM1; k=ed25519; p=${ed25519Key()}`;

describeCheck(dkimStrength, [
  { when: "the RSA key has 2048 bits", world: { zone: zoneWith(rsa(2048)) }, outcome: "passed" },
  {
    when: "an RSA key is beside the Ed25519 key",
    world: { zone: { ...zoneWith(rsa(2048)), ...zoneWith(ed25519, "ed25519") } },
    outcome: "passed",
  },
  {
    when: "the RSA key has 512 bits",
    world: { zone: zoneWith(rsa(512)) },
    outcome: "failed",
    evidence: /mail \(RSA, 512 bits\)/,
  },
  {
    when: "the RSA key has 1024 bits",
    world: { zone: zoneWith(rsa(1024)) },
    outcome: "warning",
    remedy: /2048 bits/,
  },
  { when: "there is only an Ed25519 key", world: { zone: zoneWith(ed25519) }, outcome: "warning" },
  {
    when: "the RSA key beside the Ed25519 key is missing, which is another check's",
    world: { dkimSelectors: ["mail", "rsa1"], zone: zoneWith(ed25519) },
    outcome: "passed",
  },
  { when: "the only key is revoked", world: { zone: zoneWith("v=DKIM1; p=") }, outcome: "not-applicable" },
]);
