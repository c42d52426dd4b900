import { SocketAddress } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandIpv6, reverseName } from "../../../../verify/reverse/senders";

describe("the name of an address's PTR record", () => {
  it("is the one of RFC 3596 section 2.5", () => {
    expect(reverseName("4321:0:1:2:3:4:567:89ab")).toBe(
      "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa",
    );
    expect(reverseName("192.0.2.1")).toBe("1.2.0.192.in-addr.arpa");
  });

  it("has all digits, however the address is shortened", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const digits = expandIpv6(address);
        expect(digits).toMatch(/^[0-9a-f]{32}$/);
        const long = digits.replace(/.{4}(?!$)/g, "$&:");
        const same = (text: string) => new SocketAddress({ address: text, family: "ipv6" }).address;
        expect(same(long)).toBe(same(address));
      }),
    );
  });
});
