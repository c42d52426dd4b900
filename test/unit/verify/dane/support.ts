import { createHash, X509Certificate } from "node:crypto";
import { trusted } from "../support/https-server";
import { type SmtpOptions, smtpServer } from "../support/smtp-server";
import type { World } from "../support/world";
import type { Zone } from "../support/zone";

/** A digest of a certificate (selector 0) or of its key (1), made without the code that is tested. */
export function digest(pem: string, selector = 1, algorithm = "sha256"): string {
  return createHash(algorithm).update(selected(pem, selector)).digest("hex");
}

export function selected(pem: string, selector: number): Buffer {
  const certificate = new X509Certificate(pem);
  return selector === 0
    ? certificate.raw
    : (certificate.publicKey.export({ type: "spki", format: "der" }) as Buffer);
}

export const next = `3 1 1 ${"5a".repeat(32)}`;

export interface DaneOptions {
  /** TLSA records, told the certificates. */
  readonly records: (cert: string, root: string) => readonly string[];
  readonly names?: readonly string[];
  readonly expired?: boolean;
  /** The server sends its authority's certificate too. */
  readonly sendsRoot?: boolean;
  readonly zone?: Zone;
  readonly smtp?: SmtpOptions;
  readonly world?: World;
}

/** example.com, whose mail host has these TLSA records. */
export async function daneWorld(options: DaneOptions): Promise<World> {
  const { records, names = ["mx.example.com"], zone = {}, world = {} } = options;
  const { root, cert, key } = await trusted({
    names,
    notAfter: options.expired ? new Date("2026-11-02") : undefined,
  });
  const tls = { key, cert: options.sendsRoot ? `${cert}\n${root}` : cert };
  return {
    zone: {
      "example.com MX": ["10 mx.example.com"],
      "mx.example.com A": ["192.0.2.1"],
      "_25._tcp.mx.example.com TLSA": records(cert, root),
      ...zone,
    },
    authorities: [root],
    ...world,
    listeners: { "192.0.2.1:25": await smtpServer({ tls, ...options.smtp }), ...world.listeners },
  };
}

/** The record of the key in use, and one of the next. */
export const good = (cert: string) => [`3 1 1 ${digest(cert)}`, next];

/** What DNSSEC says of a name and all below it; everything else is secure. */
export const within = (name: string, security: "insecure" | "bogus") => (asked: string) =>
  asked === name || asked.endsWith(`.${name}`) ? security : "secure";
