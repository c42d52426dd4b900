import { type KeyObject, randomBytes } from "node:crypto";

/** A public key in SSH's own encoding (RFC 4253 section 6.6, RFC 5656, RFC 8709). */
export interface SshPublicKey {
  readonly type: string;
  readonly blob: Buffer;
}

export function opensshPublicKey(key: KeyObject): SshPublicKey {
  const jwk = key.export({ format: "jwk" });
  if (jwk.kty === "RSA") return publicKey("ssh-rsa", [integer(jwk.e), integer(jwk.n)]);
  if (jwk.kty === "OKP") return publicKey("ssh-ed25519", [field(decoded(jwk.x))]);
  const curve = `nistp${jwk.crv?.slice(2)}`;
  const point = Buffer.concat([Buffer.from([4]), decoded(jwk.x), decoded(jwk.y)]);
  return publicKey(`ecdsa-sha2-${curve}`, [field(curve), field(point)]);
}

/**
 * The private key in OpenSSH's own format, without a passphrase.
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function opensshPrivateKey(key: KeyObject, { type, blob }: SshPublicKey): string {
  const check = randomBytes(4);
  const content = Buffer.concat([check, check, field(type), ...privateFields(key, type), field("")]);
  const padding = Buffer.from(
    Array.from({ length: (8 - (content.length % 8)) % 8 }, (_, index) => index + 1),
  );
  const body = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    field("none"),
    field("none"),
    field(""),
    number(1),
    field(blob),
    field(Buffer.concat([content, padding])),
  ]);
  const lines = body.toString("base64").match(/.{1,70}/g) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join(
    "\n",
  );
}

function privateFields(key: KeyObject, type: string): Buffer[] {
  const { n, e, d, qi, p, q, x, y, crv } = key.export({ format: "jwk" });
  if (type === "ssh-rsa") return [n, e, d, qi, p, q].map(integer);
  if (type === "ssh-ed25519") return [field(decoded(x)), field(Buffer.concat([decoded(d), decoded(x)]))];
  const point = Buffer.concat([Buffer.from([4]), decoded(x), decoded(y)]);
  return [field(`nistp${crv?.slice(2)}`), field(point), integer(d)];
}

function publicKey(type: string, fields: Buffer[]): SshPublicKey {
  return { type, blob: Buffer.concat([field(type), ...fields]) };
}

function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([number(bytes.length), bytes]);
}

/** An mpint: no leading zeroes but the one that keeps it positive. */
function integer(base64url: string | undefined): Buffer {
  const bytes = decoded(base64url);
  const start = bytes.findIndex((byte) => byte !== 0);
  const significant = bytes.subarray(Math.max(start, 0));
  const first = significant[0] ?? 0;
  return field(first >= 0x80 ? Buffer.concat([Buffer.from([0]), significant]) : significant);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function decoded(base64url: string | undefined): Buffer {
  return Buffer.from(base64url ?? "", "base64url");
}
