import { isIPv6 } from "node:net";
import type { Answer } from "../dns/resolver";
import { addressesOf, mailHosts } from "../mail-hosts";
import { specialAddress } from "../mx/special-addresses";
import { NotApplicable } from "../outcome";
import type { Subject } from "../subject";

/** An address that mail comes from, and what its reverse DNS says. */
export interface Sender {
  readonly address: string;
  readonly ipv6: boolean;
  /** The mail host that has it. */
  readonly host: string;
  readonly rcode: Answer["rcode"];
  readonly names: readonly {
    readonly name: string;
    /** Whether the name has this address (RFC 8601 section 2.7.3). */
    readonly confirmed: boolean;
  }[];
}

/** Receivers look up no more either (RFC 7208 section 4.6.4). */
const namesLimit = 10;

/**
 * The addresses that mail comes from, as far as can be told from outside, each with the name of its host: those of
 * the mail hosts, because a server mostly sends from where it receives, and of the stack's host those that the stack
 * says where it is known.
 * Those that are not public are left out, which `mx-public` tells.
 * @throws NotApplicable where there is none
 */
export async function senderAddresses(subject: Subject): Promise<ReadonlyMap<string, string>> {
  const { hostname = "", addresses: sending = [] } = subject.expected ?? {};
  const hosts = await mailHosts(subject).catch((error: unknown) => {
    if (error instanceof NotApplicable && sending.length > 0) return [];
    throw error;
  });
  const received = hosts
    .filter(({ name }) => name !== hostname)
    .flatMap(({ name, addresses }) => addresses.map((address): [string, string] => [address, name]));
  const all = [...received, ...sending.map((address): [string, string] => [address, hostname])];
  const outside = all.filter(([address]) => !specialAddress(address));
  if (outside.length === 0) throw new NotApplicable("No mail host has a public address.");
  return new Map(outside);
}

/** What the reverse DNS says of {@link senderAddresses}. @throws as that does */
export function senders(subject: Subject): Promise<readonly Sender[]> {
  return subject.once(`senders of ${subject.domain}`, async () => {
    const addresses = [...(await senderAddresses(subject))];
    return Promise.all(addresses.map(([address, host]) => sender(subject, address, host)));
  });
}

async function sender(subject: Subject, address: string, host: string): Promise<Sender> {
  const { rcode, records } = await subject.dns.query(reverseName(address), "PTR");
  const names = records.slice(0, namesLimit).map(async (name) => ({
    name,
    confirmed: (await addressesOf(subject, name)).includes(address),
  }));
  return { address, ipv6: isIPv6(address), host, rcode, names: await Promise.all(names) };
}

/** The name of an address's PTR record (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(address: string): string {
  return `${reversed(address)}.${isIPv6(address) ? "ip6" : "in-addr"}.arpa`;
}

/** The parts of an address from its end, as reverse DNS and the lists of addresses want it: octets, or IPv6 digits. */
export function reversed(address: string): string {
  const parts = isIPv6(address) ? [...expandIpv6(address)] : address.split(".");
  return parts.reverse().join(".");
}

/** All 32 hexadecimal digits, without colons. */
export function expandIpv6(address: string): string {
  // The URL parser writes an IPv4 ending in hexadecimal too.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const groups = (text = "") => (text === "" ? [] : text.split(":"));
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array(zeros).fill("0"), ...groups(tail)]
    .map((group: string) => group.padStart(4, "0"))
    .join("");
}
