import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SpfMechanism, spfRecord } from "../../../records/spf";
import { unquote } from "./support/presentation";

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/);
const domain = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join("."));
const sender: fc.Arbitrary<SpfMechanism> = fc.oneof(
  fc.constantFrom("a" as const, "mx" as const),
  fc.record({ a: domain }),
  fc.record({ include: domain }),
  fc.record({ ip: fc.constantFrom("192.0.2.1", "198.51.100.0/24", "2001:db8::/48") }),
);

function term(sender: SpfMechanism): string {
  if (typeof sender === "string") return sender;
  const [[kind, value]] = Object.entries(sender) as [[string, string]];
  if (kind === "ip") return `${value.includes(":") ? "ip6" : "ip4"}:${value}`;
  return kind === "term" ? value : `${kind}:${value}`;
}

describe("an SPF record", () => {
  it("lets the named senders pass and fails all others", () => {
    expect(spfRecord("example.org", ["mx", { include: "_spf.example.net" }])).toEqual({
      name: "example.org",
      type: "TXT",
      ttl: 3600,
      content: '"v=spf1 mx include:_spf.example.net -all"',
    });
  });

  it("without senders says that nobody sends", () => {
    expect(spfRecord("example.org", []).content).toBe('"v=spf1 -all"');
  });

  it("of up to ten senders has each of them in order, between the version and -all", () => {
    fc.assert(
      fc.property(domain, fc.array(sender, { maxLength: 10 }), (name, senders) => {
        const terms = unquote(spfRecord(name, senders).content).join("").split(" ");
        expect([terms.at(0), terms.at(-1)]).toEqual(["v=spf1", "-all"]);
        expect(terms.slice(1, -1)).toEqual([...new Set(senders.map(term))]);
      }),
    );
  });

  it("that costs a receiver more than ten look-ups is refused", () => {
    const senders = Array.from({ length: 11 }, (_, i) => ({ include: `s${i}.example.net` }));
    expect(() => spfRecord("example.org", senders)).toThrow(
      "the SPF record of example.org takes at most 10 look-ups (RFC 7208 section 4.6.4), got 11",
    );
  });
});
