import { dkimSingle } from "../../../../verify/checks/dkim/single";
import { describeCheck } from "../support/world";
import { rsaKey } from "./support";

const name = "mail._domainkey.example.com TXT";
const key = `v=DKIM1; p=${rsaKey()}`;

describeCheck(dkimSingle, [
  { when: "there is one key", world: { zone: { [name]: [key] } }, outcome: "passed" },
  {
    when: "a remark stands beside the key",
    world: { zone: { [name]: [key, "managed by ops"] } },
    outcome: "passed",
  },
  {
    when: "the old key is still beside the new one",
    world: { zone: { [name]: [key, `v=DKIM1; p=${rsaKey(1024)}`] } },
    outcome: "failed",
    evidence: /mail\._domainkey\.example\.com has 2 keys/,
  },
  { when: "there is no key", world: { zone: {} }, outcome: "not-applicable" },
]);
