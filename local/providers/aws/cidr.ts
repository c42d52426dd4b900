import { isIPv4 } from "node:net";

/** An IPv4 prefix as numbers. */
export interface Cidr {
  readonly base: number;
  readonly size: number;
}

/** @param text a valid IPv4 prefix */
export function parseCidr(text: string): Cidr {
  const [address = "", bits = ""] = text.split("/");
  const size = 2 ** (32 - Number(bits));
  return { base: Math.floor(toNumber(address) / size) * size, size };
}

export function overlaps(a: string, b: string): boolean {
  const [one, other] = [parseCidr(a), parseCidr(b)];
  return one.base < other.base + other.size && other.base < one.base + one.size;
}

export function containsCidr(outer: string, inner: string): boolean {
  const [one, other] = [parseCidr(outer), parseCidr(inner)];
  return one.base <= other.base && other.base + other.size <= one.base + one.size;
}

export function containsAddress(cidr: string, address: string): boolean {
  return containsCidr(cidr, `${address}/32`);
}

/** The addresses from `first` up to `last` before the end, both counted from the edges. */
export function* addresses(cidr: string, first: number, last: number): Generator<string> {
  const { base, size } = parseCidr(cidr);
  for (let offset = first; offset < size - last; offset++) yield toText(base + offset);
}

/** What is wrong with an IPv4 prefix that a network is cut from or opened to. */
export function cidrProblem(text: string): string | undefined {
  const [address = "", bits = "", ...more] = text.split("/");
  if (more.length || !isIPv4(address) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32)
    return "is not an IPv4 prefix such as 10.0.0.0/16";
  const first = toText(parseCidr(text).base);
  return first === address ? undefined : `has host bits set; did you mean "${first}/${bits}"?`;
}

function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
