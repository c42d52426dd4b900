import { BlockList, isIPv6 } from "node:net";

const ipv4 = [
  ["0.0.0.0", 8, "this network"],
  ["10.0.0.0", 8, "private"],
  ["100.64.0.0", 10, "shared by a carrier's NAT"],
  ["127.0.0.0", 8, "loopback"],
  ["169.254.0.0", 16, "link-local"],
  ["172.16.0.0", 12, "private"],
  ["192.168.0.0", 16, "private"],
  ["224.0.0.0", 4, "multicast"],
  ["240.0.0.0", 4, "reserved"],
] as const;

const ipv6 = [
  ["::", 128, "unspecified"],
  ["::1", 128, "loopback"],
  ["::ffff:0:0", 96, "an IPv4 address in IPv6 form"],
  ["64:ff9b:1::", 48, "for local translation"],
  ["100::", 64, "discard-only"],
  ["fc00::", 7, "unique local"],
  ["fe80::", 10, "link-local"],
  ["fec0::", 10, "site-local"],
  ["ff00::", 8, "multicast"],
] as const;

const ranges = [...listed(ipv4, "ipv4"), ...listed(ipv6, "ipv6")];

function listed(entries: typeof ipv4 | typeof ipv6, family: "ipv4" | "ipv6") {
  return entries.map(([net, prefix, what]) => {
    const range = new BlockList();
    range.addSubnet(net, prefix, family);
    return { range, family, what };
  });
}

/**
 * What an address is where the Internet does not lead to it (RFC 6890); undefined for all others. The ranges for
 * documentation are among those, for networks that are an Internet of their own.
 */
export function specialAddress(address: string): string | undefined {
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  return ranges.find((range) => range.family === family && range.range.check(address, family))?.what;
}
