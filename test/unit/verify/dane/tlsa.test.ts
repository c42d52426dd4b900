import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyRecord, vouchesFor, whyUnusable } from "../../../../verify/dane/tlsa";
import { trusted } from "../support/https-server";
import { digest, selected } from "./support";

describe("a TLSA record", () => {
  it("of any octets is told to be of use or not, and never breaks", async () => {
    const { cert } = await trusted({ names: ["mx.example.com"] });
    const leaf = selected(cert, 0);
    const octet = fc.integer({ min: 0, max: 255 });
    const data = fc.uint8Array({ maxLength: 70 }).map((bytes) => Buffer.from(bytes).toString("hex"));
    const small = fc.oneof(fc.integer({ min: 0, max: 4 }), octet);
    fc.assert(
      fc.property(small, small, small, data, (usage, selector, matchingType, hex) => {
        const record = { usage, selector, matchingType, data: hex };
        const why = whyUnusable(record);
        if (why === undefined) {
          expect([2, 3]).toContain(usage);
          expect(vouchesFor(record, [leaf], { names: ["mx.example.com"], now: new Date() })).toBe(false);
        }
      }),
    );
  });

  it("of a key is what OpenSSL makes of it", async () => {
    const { cert } = await trusted({ names: ["mx.example.com"], keyType: "RSA-2048" });
    expect(keyRecord(selected(cert, 0))).toBe(`3 1 1 ${digest(cert)}`);
  });

  it("of an authority does not vouch for a chain that it has not signed", async () => {
    const { cert, root } = await trusted({ names: ["mx.example.com"] });
    const other = await trusted({ names: ["mx.example.com"] });
    const record = { usage: 2, selector: 1, matchingType: 1, data: digest(other.cert) };
    const chain = [selected(cert, 0), selected(other.cert, 0), selected(root, 0)];
    expect(vouchesFor(record, chain, { names: ["mx.example.com"], now: new Date("2026-11-24") })).toBe(false);
  });
});
