import { describe, expect, it } from "vitest";
import { delegationSigner, signing } from "../../../../verify/dns/signing";
import { CannotCheck } from "../../../../verify/outcome";
import { subjectIn } from "../support/world";
import { goodZone } from "./good-zone";

describe("the DS record for a key", () => {
  it("is the one of RFC 4509 section 2.3", () => {
    const key =
      "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";
    expect(delegationSigner("dskey.example.com", { flags: 256, algorithm: 5, key })).toBe(
      "60485 5 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a",
    );
  });

  it("is the one of RFC 6605 section 6.1", () => {
    const key = "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==";
    expect(delegationSigner("example.net", { flags: 257, algorithm: 13, key })).toBe(
      "55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17",
    );
  });
});

describe("what DNSSEC makes of a zone", () => {
  it("is known without the keys, which resolvers search long for in a bogus zone", async () => {
    const subject = subjectIn({ zone: goodZone, security: () => "bogus" });
    const { query } = subject.dns;
    const dns: typeof subject.dns = {
      ...subject.dns,
      query: (name, type) =>
        type === "DNSKEY" ? Promise.reject(new CannotCheck("no answer")) : query(name, type),
    };
    const records = [{ name: "example.com", type: "SOA" }] as const;
    expect(await signing({ ...subject, dns }, "example.com", records)).toMatchObject({
      security: "bogus",
      keys: [],
    });
  });
});
