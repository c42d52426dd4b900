import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { type Version, version } from "./versions";

/** What a ClientHello offers. */
export interface Offer {
  /** The highest version that is offered; with TLS 1.3 it is the only one. */
  readonly version: Version;
  readonly suites: readonly number[];
  readonly groups: readonly number[];
  /** Whether to offer DEFLATE (RFC 3749) beside no compression. */
  readonly compression?: boolean;
  /** The name that the certificate is to be for; an address is not sent (RFC 6066 section 3). */
  readonly servername: string;
}

/** Extensions of the two hellos that are looked at. */
export const extension = {
  serverName: 0,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  /** RFC 7627. */
  extendedMasterSecret: 23,
  supportedVersions: 43,
  keyShare: 51,
  /** RFC 5746. */
  renegotiationInfo: 0xff01,
} as const;

/** Every algorithm that a server's key might need, so that it never has a reason to refuse the offer. */
const signatureAlgorithms = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0402, 0x0203,
  0x0201, 0x0202,
];
const x25519 = 29;

/** The record with a ClientHello (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2). */
export function clientHello(offer: Offer): Buffer {
  const body = Buffer.concat([
    // TLS 1.3 calls itself 1.2 here, and so does what carries the record (RFC 8446 section 5.1).
    u16(Math.min(offer.version, version.tls12)),
    randomBytes(32),
    vector8(offer.version === version.tls13 ? randomBytes(32) : Buffer.alloc(0)),
    vector16(u16(...offer.suites)),
    vector8(Buffer.from(offer.compression ? [1, 0] : [0])),
    // SSL 3.0 has no extensions (RFC 6101 section 5.6.1.2).
    offer.version === version.ssl3 ? Buffer.alloc(0) : vector16(extensions(offer)),
  ]);
  const message = Buffer.concat([Buffer.from([1, 0]), vector16(body)]);
  const recordVersion = Math.min(offer.version, version.tls10);
  return Buffer.concat([Buffer.from([22]), u16(recordVersion), vector16(message)]);
}

function extensions({ version: highest, groups, servername }: Offer): Buffer {
  const extra = (type: number, data: Buffer) => Buffer.concat([u16(type), vector16(data)]);
  const parts = [
    extra(extension.supportedGroups, vector16(u16(...groups))),
    extra(extension.ecPointFormats, vector8(Buffer.from([0]))),
    extra(extension.extendedMasterSecret, Buffer.alloc(0)),
  ];
  if (!isIP(servername)) {
    const name = Buffer.concat([Buffer.from([0]), vector16(Buffer.from(servername))]);
    parts.unshift(extra(extension.serverName, vector16(name)));
  }
  if (highest >= version.tls12)
    parts.push(extra(extension.signatureAlgorithms, vector16(u16(...signatureAlgorithms))));
  if (highest === version.tls13) {
    // Any 32 bytes are a point of X25519 (RFC 7748 section 5); the handshake does not go on.
    const share = Buffer.concat([u16(x25519), vector16(randomBytes(32))]);
    parts.push(extra(extension.supportedVersions, vector8(u16(version.tls13))));
    parts.push(extra(extension.keyShare, vector16(share)));
  } else parts.push(extra(extension.renegotiationInfo, vector8(Buffer.alloc(0))));
  return Buffer.concat(parts);
}

function u16(...values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}

function vector8(data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([data.length]), data]);
}

function vector16(data: Buffer): Buffer {
  return Buffer.concat([u16(data.length), data]);
}
