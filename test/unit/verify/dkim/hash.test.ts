import { generateKeyPairSync } from "node:crypto";
import { dkimHash } from "../../../../verify/checks/dkim/hash";
import { describeCheck } from "../support/world";
import { ed25519Key, rsaKey, zoneWith } from "./support";

const p = rsaKey(1024);
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .publicKey.export({ format: "der", type: "spki" })
  .toString("base64");
const useless = (when: string, record: string, evidence: RegExp) => ({
  when,
  world: { zone: zoneWith(record) },
  outcome: "failed" as const,
  evidence,
  remedy: /mail\._domainkey\.example\.com\. TXT "v=DKIM1; k=/,
});

describeCheck(dkimHash, [
  { when: "nothing restricts the key", world: { zone: zoneWith(`v=DKIM1; p=${p}`) }, outcome: "passed" },
  {
    when: "SHA-256 is among what the key is for, and mail too",
    world: { zone: zoneWith(`v=DKIM1; h=sha1:SHA256; s=email : other; p=${p}`) },
    outcome: "passed",
  },
  useless("the key is for SHA-1 only", `v=DKIM1; h=sha1; p=${p}`, /h= allows sha1, and not sha256/),
  useless("the key is not for mail", `v=DKIM1; s=tlsrpt; p=${p}`, /s= is for tlsrpt/),
  useless("an Ed25519 key has no k=", `v=DKIM1; p=${ed25519Key()}`, /k= is rsa, and p= is a key for ed25519/),
  useless(
    "an RSA key is called ed25519",
    `v=DKIM1; k=ed25519; p=${p}`,
    /k= is ed25519, and p= is a key for rsa/,
  ),
  useless("the key is for ECDSA", `v=DKIM1; k=rsa; p=${p256}`, /p= is a key of the type ec/),
  {
    when: "the record can't be read, which is another check's",
    world: { zone: zoneWith(`v=dkim1; h=sha1; p=${p}`) },
    outcome: "not-applicable",
  },
]);
