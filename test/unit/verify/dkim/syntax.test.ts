import { dkimSyntax } from "../../../../verify/checks/dkim/syntax";
import { describeCheck } from "../support/world";
import { ed25519Key, rsaKey, zoneWith } from "./support";

const p = rsaKey();
const broken = (when: string, record: string, evidence: RegExp) => ({
  when,
  world: { dkimSelectors: ["mail"], zone: zoneWith(record) },
  outcome: "failed" as const,
  evidence,
  remedy: /mail\._domainkey\.example\.com\. TXT/,
});

describeCheck(dkimSyntax, [
  ...[
    `v=DKIM1; k=rsa; p=${p}`,
    `v=DKIM1;k=rsa;p=${p};`,
    `p=${p}`,
    ` v = DKIM1 ; k = rsa ; p = ${p.slice(0, 100)} ${p.slice(100)} ; `,
    `v=DKIM1; p=${rsaKey(2048, "pkcs1")}; n=made in 2026; future=1`,
    `v=DKIM1; k=ed25519; p=${ed25519Key()}`,
    "v=DKIM1; p=",
  ].map((record) => ({
    when: `the key is ${JSON.stringify(record.replace(/p ?= ?\S{20,}( \S{20,})?/, "p=..."))}`,
    world: { zone: zoneWith(record) },
    outcome: "passed" as const,
  })),
  broken(
    "a semicolon is missing after the version",
    `v=DKIM1 k=rsa; p=${p}`,
    /v= is "DKIM1 k=rsa".*semicolon/,
  ),
  broken("a semicolon is missing before the key", `v=DKIM1; k=rsa p=${p}`, /no tag p=/),
  broken("semicolons are escaped as in a zone file", `v=DKIM1\\; k=rsa\\; p=${p}`, /v= is "DKIM1\\\\"/),
  broken("quotes were pasted with it", JSON.stringify(`"v=DKIM1; p=${p}"`), /"\\"v=DKIM1" is no tag=value/),
  broken("the version is in lower case", `v=dkim1; p=${p}`, /v= is "dkim1", not DKIM1/),
  broken("the version comes last", `p=${p}; v=DKIM1`, /v= is not the first tag/),
  broken(
    "the key was cut at 255 characters",
    `v=DKIM1; k=rsa; p=${p}`.slice(0, 255),
    /no whole base64|no public key/,
  ),
  broken(
    "the PEM's armour was pasted",
    `v=DKIM1; p=-----BEGIN PUBLIC KEY-----${p}`,
    /no base64: "-" is in it/,
  ),
  broken("the key is no key", "v=DKIM1; p=AAAA", /p= is no public key: 3 octets/),
  broken(
    "an Ed25519 key is in a SubjectPublicKeyInfo",
    `v=DKIM1; k=ed25519; p=${ed25519Key("spki")}`,
    /RFC 8463/,
  ),
  broken("a tag is there twice", `v=DKIM1; k=rsa; k=rsa; p=${p}`, /k= is there twice/),
  broken("a no-break space was pasted", `v=DKIM1;\u00a0k=rsa; p=${p}`, /character 9: the character U\+00A0/),
  broken("tag names are upper case", `v=DKIM1; P=${p}; p\u00fc=1`, /tag names are lower case/),
  { when: "there is no key", world: { zone: {} }, outcome: "not-applicable" },
]);
