import { randomBytes } from "node:crypto";
import { isIPv6 } from "node:net";
import type { Cloud } from "../cloud";
import { ServiceError } from "../resource";

/** An IPv6 prefix as numbers. */
export interface Ipv6Cidr {
  readonly base: bigint;
  readonly length: number;
}

/** @param text a valid IPv6 prefix; bits after the prefix are taken as zero */
export function parseIpv6Cidr(text: string): Ipv6Cidr {
  const [address = "", bits = ""] = text.split("/");
  const length = Number(bits);
  return { base: network(toNumber(address), length), length };
}

/** As RFC 5952 writes it, `2001:db8::/56`. */
export function ipv6Text({ base, length }: Ipv6Cidr): string {
  return `${toText(base)}/${length}`;
}

export function containsIpv6(outer: string, inner: string): boolean {
  const [one, other] = [parseIpv6Cidr(outer), parseIpv6Cidr(inner)];
  return one.length <= other.length && network(other.base, one.length) === one.base;
}

/** What is wrong with an IPv6 prefix that a network is cut from or opened to. */
export function ipv6CidrProblem(text: string): string | undefined {
  const [address = "", bits = "", ...more] = text.split("/");
  if (
    more.length ||
    !isIPv6(address) ||
    address.includes("%") ||
    !/^\d{1,3}$/.test(bits) ||
    Number(bits) > 128
  )
    return "is not an IPv6 prefix such as 2001:db8::/32";
  const first = parseIpv6Cidr(text);
  return first.base === toNumber(address)
    ? undefined
    : `has host bits set; did you mean "${ipv6Text(first)}"?`;
}

/** Whether two valid prefixes are the same one, however they are written. */
export function sameIpv6Cidr(a: string, b: string): boolean {
  const known = [a, b].every((text) => ipv6CidrProblem(text) === undefined);
  return known ? ipv6Text(parseIpv6Cidr(a)) === ipv6Text(parseIpv6Cidr(b)) : a === b;
}

/** The next /56 that no VPC has. */
export function takeVpcBlock({ store, account }: Cloud): string {
  const taken = new Set(store.all("vpc").map(([, { facts }]) => facts.ipv6?.cidr));
  const pool = parseIpv6Cidr(account.ipv6Pool);
  for (let index = 0n; index < 1n << BigInt(56 - pool.length); index++) {
    const cidr = ipv6Text({ base: pool.base + (index << 72n), length: 56 });
    if (!taken.has(cidr)) return cidr;
  }
  throw new ServiceError("InsufficientFreeAddresses", `all of ${account.ipv6Pool} is in use`);
}

/** An address of the /64 that no instance has, at random as EC2 picks them; the first four of a subnet are its own. */
export function takeIpv6Address({ store }: Cloud, subnetCidr: string): string {
  const taken = new Set(store.all("instance").map(([, { facts }]) => facts.ipv6Address));
  for (;;) {
    const host = BigInt(`0x${randomBytes(8).toString("hex")}`);
    const address = toText(parseIpv6Cidr(subnetCidr).base + host);
    if (host > 3n && !taken.has(address)) return address;
  }
}

function network(address: bigint, length: number): bigint {
  const shift = BigInt(128 - length);
  return (address >> shift) << shift;
}

function toNumber(address: string): bigint {
  const [head = [], tail = []] = canonical(address)
    .split("::")
    .map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(8 - head.length - tail.length).fill("0");
  return BigInt(`0x${[...head, ...zeros, ...tail].map((group) => group.padStart(4, "0")).join("")}`);
}

function toText(address: bigint): string {
  const digits = address.toString(16).padStart(32, "0");
  return canonical(digits.match(/.{4}/g)?.join(":") ?? "");
}

/** The URL standard writes an address with hexadecimal groups only, shortened as RFC 5952 wants it. */
function canonical(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
