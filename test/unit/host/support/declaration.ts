import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { type Bundle, type HostDeclaration, renderBundle } from "../../../../host";
import type { HostPart } from "../../../../host/bundle";

const pem = { type: "pkcs8", format: "pem" } as const;
export const rsaKey = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const ed25519Key = generateKeyPairSync("ed25519");
const tlsKey = generateKeyPairSync("ec", { namedCurve: "P-256" });

export const declaration: HostDeclaration = {
  hostname: "mx1.example.test",
  domains: [
    {
      name: "example.test",
      dkim: [
        { selector: "r1", algorithm: "rsa", privateKeyPem: rsaKey.privateKey.export(pem).toString() },
        { selector: "e1", algorithm: "ed25519", privateKeyPem: ed25519Key.privateKey.export(pem).toString() },
      ],
    },
    { name: "example.org", dkim: [] },
  ],
  mailboxes: [
    { address: "alice@example.test", passwordHash: "{BLF-CRYPT}$2y$10$alice" },
    { address: "Bob@example.org", passwordHash: "{BLF-CRYPT}$2y$10$bob" },
  ],
  postmaster: "alice@example.test",
  certificate: {
    privateKeyPem: tlsKey.privateKey.export(pem).toString(),
    requestPem: "-----BEGIN CERTIFICATE REQUEST-----\nrequest\n-----END CERTIFICATE REQUEST-----\n",
    bootstrapPem: "-----BEGIN CERTIFICATE-----\nbootstrap\n-----END CERTIFICATE-----\n",
  },
  acme: { directory: "https://acme.test/dir", email: "alice@example.test" },
  dataVolumeId: "vol-0123456789abcdef0",
  dataVolumeGiB: 20,
};

export function render(changes: Partial<HostDeclaration> = {}): Bundle {
  return renderBundle({ ...declaration, ...changes });
}

export function partOf(bundle: Bundle, name: string): HostPart {
  const part = bundle.parts.find((candidate) => candidate.name === name);
  if (!part) throw new Error(`The bundle has no part ${name}.`);
  return part;
}

export function fileOf(bundle: Bundle, path: string): string {
  const file = bundle.parts.flatMap(({ files }) => files).find((candidate) => candidate.path === path);
  if (!file) throw new Error(`The bundle has no file ${path}.`);
  return file.content;
}

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domain = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join("."));
const localPart = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$/);
const hash = fc.stringMatching(/^\{(BLF-CRYPT|ARGON2ID|SHA512-CRYPT)\}[A-Za-z0-9./$,=+]{1,80}$/);

/** Any set of domains with mailboxes in them, one of which is the postmaster. */
export const declarations: fc.Arbitrary<HostDeclaration> = fc
  .uniqueArray(domain, { minLength: 1, maxLength: 4 })
  .chain((domains) => {
    const address = fc.tuple(localPart, fc.constantFrom(...domains)).map((parts) => parts.join("@"));
    const mailboxes = fc.uniqueArray(fc.record({ address, passwordHash: hash }), {
      selector: ({ address }) => address.toLowerCase(),
      minLength: 1,
      maxLength: 6,
    });
    return fc.record({ hostname: fc.oneof(domain, fc.constantFrom(...domains)), mailboxes }).map((drawn) => ({
      ...declaration,
      ...drawn,
      domains: domains.map((name) => ({ name, dkim: declaration.domains[0]?.dkim ?? [] })),
      postmaster: drawn.mailboxes[0]?.address ?? "",
    }));
  });
