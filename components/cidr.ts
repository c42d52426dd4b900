import { isIPv4, isIPv6 } from "node:net";

export interface Cidr {
  readonly family: 4 | 6;
  /** The prefix's length in bits. */
  readonly length: number;
  /** Whether all bits after the prefix are zero, as AWS demands of a network. */
  readonly isNetwork: boolean;
  /** The address as a number. */
  readonly address: bigint;
}

/** Reads a prefix such as `192.0.2.0/24` or `2001:db8::/32` (RFC 4632, RFC 4291); undefined when it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  if (isIPv4(address)) return cidr(4, ipv4Number(address), Number(length));
  if (isIPv6(address) && !address.includes("%")) return cidr(6, ipv6Number(address), Number(length));
  return undefined;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  const shift = BigInt((outer.family === 4 ? 32 : 128) - outer.length);
  return outer.address >> shift === inner.address >> shift;
}

function cidr(family: 4 | 6, address: bigint, length: number): Cidr | undefined {
  const bits = family === 4 ? 32 : 128;
  if (length > bits) return undefined;
  const hostPart = address & ((1n << BigInt(bits - length)) - 1n);
  return { family, length, address, isNetwork: hostPart === 0n };
}

function ipv4Number(address: string): bigint {
  return address.split(".").reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

function ipv6Number(address: string): bigint {
  // The URL standard's serialisation has hexadecimal groups only, and `::` at most once.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = canonical.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
