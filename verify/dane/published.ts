import type { Answer } from "../dns/resolver";
import { canonicalName, type MailHost, mailHosts } from "../mail-hosts";
import { NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { mailServerChain } from "../tls/peer";
import { keyRecord, type Tlsa, whyUnusable } from "./tlsa";

/** What DNS has for a mail host's port 25. */
export interface HostTlsa extends MailHost {
  /** The host's name, or that at the end of its aliases if records are there (RFC 7672 section 2.2.3). */
  readonly base: string;
  /** `_25._tcp.<base>`. */
  readonly tlsaName: string;
  /** Names that a certificate may be for. */
  readonly names: readonly string[];
  readonly answer: Answer<"TLSA">;
  /** Those that senders can use. */
  readonly usable: readonly Tlsa[];
}

/** Bounds what a domain with many mail hosts costs. */
const hostLimit = 12;

/** @throws NotApplicable when there is no mail host, CannotCheck when DNS does not answer */
export function hostsWithTlsa(subject: Subject): Promise<readonly HostTlsa[]> {
  return subject.once(`TLSA records of ${subject.domain}`, async () => {
    const hosts = (await mailHosts(subject)).slice(0, hostLimit);
    return Promise.all(
      hosts.map(async (host) => {
        const canonical = await canonicalName(subject, host.name);
        const found = await lookUp(subject, canonical);
        const { base, answer } =
          found.answer.records.length > 0 || canonical === host.name
            ? found
            : await lookUp(subject, host.name);
        const names = [...new Set([host.name, canonical, subject.domain])];
        const usable = answer.records.filter((each) => !whyUnusable(each));
        return { ...host, base, tlsaName: `_25._tcp.${base}`, names, answer, usable };
      }),
    );
  });
}

async function lookUp(
  { dns }: Subject,
  base: string,
): Promise<{ readonly base: string; readonly answer: Answer<"TLSA"> }> {
  return { base, answer: await dns.query(`_25._tcp.${base}`, "TLSA") };
}

/** The hosts that have records. @throws NotApplicable when there is none, which dane-exists tells */
export async function publishedTlsa(subject: Subject): Promise<readonly HostTlsa[]> {
  const hosts = (await hostsWithTlsa(subject)).filter(({ answer }) => answer.records.length > 0);
  if (hosts.length === 0) throw new NotApplicable("No mail host has a TLSA record.");
  return hosts;
}

/**
 * The hosts with records that senders heed.
 * @throws NotApplicable when there is none, which dane-record or dane-dnssec tells
 */
export async function heededTlsa(subject: Subject): Promise<readonly HostTlsa[]> {
  const hosts = (await publishedTlsa(subject)).filter(
    // Where the resolver does not validate, nothing is known of it, and they are taken as heeded.
    ({ usable, answer }) => usable.length > 0 && ["secure", "unknown"].includes(answer.security),
  );
  if (hosts.length === 0) throw new NotApplicable("No mail host has a TLSA record that senders heed.");
  return hosts;
}

/** The record that a host should have: of the declared key, else of the one that it uses now. */
export async function wantedTlsa(
  subject: Subject,
  { name, base, tlsaName, addresses }: HostTlsa,
): Promise<string> {
  const { hostname, hostKeySha256 } = subject.expected ?? {};
  if (hostKeySha256 && hostname === name) return `${tlsaName}. TLSA 3 1 1 ${hostKeySha256}`;
  const [address = ""] = addresses;
  const live = await mailServerChain(subject, base, address).then(
    ({ chain: [leaf] }) => leaf && keyRecord(leaf),
    () => undefined,
  );
  return `${tlsaName}. TLSA ${live ?? "3 1 1 <SHA-256 of the key>"}`;
}
