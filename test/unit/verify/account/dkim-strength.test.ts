import { accountDkimStrength } from "../../../../verify/checks/account/dkim-strength";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/mail-host";

describeCheck(accountDkimStrength, [
  {
    when: "both algorithms sign everything",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /rsa-sha256 and ed25519-sha256/,
  },
  {
    when: "only RSA signs",
    world: () => mailHost({ signs: { rsa: {} } }),
    outcome: "warning",
    remedy: /Ed25519/,
  },
  {
    when: "only Ed25519 signs",
    world: () => mailHost({ signs: { ed25519: {} } }),
    outcome: "failed",
    evidence: /only RSA/,
  },
  {
    when: "a signature covers only the beginning of the body",
    world: () => mailHost({ signs: { rsa: { limit: 10 }, ed25519: {} } }),
    outcome: "failed",
    evidence: /selector rsa .* only a part of the body \(l=\)/,
  },
  {
    when: "a signature leaves From out",
    world: () => mailHost({ signs: { rsa: {}, ed25519: { headers: ["Subject", "Date"] } } }),
    outcome: "failed",
    evidence: /selector ed25519 .* does not sign From/,
  },
  {
    when: "nothing is signed",
    world: () => mailHost({ signs: {} }),
    outcome: "not-applicable",
    evidence: /account-dkim/,
  },
]);
