import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contains, parseCidr } from "../../../components/cidr";

describe("a prefix", () => {
  it.each([
    ["192.0.2.0/24", { family: 4, length: 24, isNetwork: true, address: 0xc0000200n }],
    ["0.0.0.0/0", { family: 4, length: 0, isNetwork: true, address: 0n }],
    ["192.0.2.1/24", { family: 4, length: 24, isNetwork: false, address: 0xc0000201n }],
    ["2001:db8::/32", { family: 6, length: 32, isNetwork: true, address: 0x20010db8n << 96n }],
    ["::/0", { family: 6, length: 0, isNetwork: true, address: 0n }],
    ["::1/127", { family: 6, length: 127, isNetwork: false, address: 1n }],
    ["::ffff:192.0.2.1/128", { family: 6, length: 128, isNetwork: true, address: 0xffffc0000201n }],
    [
      "1:2:3:4:5:6:7:8/128",
      { family: 6, length: 128, isNetwork: true, address: 0x00010002000300040005000600070008n },
    ],
  ])("%s is read", (text, cidr) => {
    expect(parseCidr(text)).toEqual(cidr);
  });

  it.each([
    "",
    "192.0.2.0",
    "192.0.2.0/33",
    "192.0.2.0/-1",
    "192.0.2.0/024",
    "192.0.2/24",
    "::/129",
    "fe80::%1/64",
    "a/b/c",
  ])("%s is none", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it("contains exactly the addresses that the platform's own block list finds in it", () => {
    const address4 = fc.ipV4();
    const address6 = fc.ipV6().filter((text) => !text.includes("."));
    const pair = fc.oneof(
      fc.tuple(fc.constant("ipv4" as const), address4, fc.nat(32), address4),
      fc.tuple(fc.constant("ipv6" as const), address6, fc.nat(128), address6),
    );
    fc.assert(
      fc.property(pair, ([family, network, length, address]) => {
        const list = new BlockList();
        list.addSubnet(network, length, family);
        const outer = parseCidr(`${network}/${length}`);
        const inner = parseCidr(`${address}/${family === "ipv4" ? 32 : 128}`);
        if (!outer || !inner) throw new Error("not read");
        expect(contains(outer, inner)).toBe(list.check(address, family));
      }),
    );
  });
});
