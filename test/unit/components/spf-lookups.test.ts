import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";
import { countSpfLookups } from "../../../components";
import { type ExistingRecord, ZoneContents } from "../../../records";
import { dnsServer } from "../verify/support/dns-server";

/** By name: one text, or several, each of which may be in several strings. */
type Texts = Readonly<Record<string, string | readonly (string | string[])[]>>;

const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
afterEach(() => warn.mockClear());
const warnings = () => warn.mock.calls.map(([message]) => message);

/** What each of the names costs in a world with these TXT records. */
async function costs(texts: Texts, includes: readonly string[], there: readonly ExistingRecord[] = []) {
  const { address, asked } = await dnsServer(({ name, type }) => {
    const data = texts[name];
    if (data === undefined) return { rcode: "NXDOMAIN" };
    if (data === "broken") return { rcode: "SERVFAIL" };
    const answers = [data].flat().map((text) => ({ name, type: "TXT" as const, ttl: 60, data: text }));
    return { answers: type === "TXT" ? answers : [] };
  });
  const domains = [{ name: "example.org", zoneId: "zone-org", spfIncludes: includes }];
  const lookups = await countSpfLookups(domains, new ZoneContents(there), [address.replace("#", ":")]);
  return { lookups: Object.fromEntries(lookups), asked: asked.map(({ name }) => name) };
}

describe("what a sender costs that SPF includes", () => {
  it.each<[string, Texts, number]>([
    [
      "one that lists addresses only: itself",
      { "a.example": "v=spf1 ip4:192.0.2.7 ip6:2001:db8::/64 -all" },
      1,
    ],
    ["one that names hosts", { "a.example": "v=spf1 a mx:b.example exists:%{ir}.b.example ptr ~all" }, 5],
    [
      "one that includes others, which include others",
      {
        "a.example": "v=spf1 include:b.example include:c.example -all",
        "b.example": "v=spf1 mx include:c.example -all",
        "c.example": "v=spf1 a -all",
      },
      // a, b with its mx and c with its a, and c with its a again.
      7,
    ],
    [
      "one that leads on to another",
      { "a.example": "v=spf1 redirect=b.example", "b.example": "v=spf1 mx -all" },
      3,
    ],
    ["one whose policy is in several strings", { "a.example": [["v=spf1 m", "x -all"]] }, 2],
    ["one with other texts beside its policy", { "a.example": ["hello", "v=spf1 mx -all", "v=spf10 a"] }, 2],
    ["one that has no policy", { "a.example": "hello" }, 1],
  ])("is counted: %s", async (_, texts, cost) => {
    expect((await costs(texts, ["a.example"])).lookups).toEqual({ "a.example": cost });
    expect(warnings()).toEqual([]);
  });

  it("is counted of the senders that an SPF record has which is in the zone already", async () => {
    const there: ExistingRecord = {
      zoneId: "zone-org",
      id: "0123456789abcdef",
      name: "example.org",
      type: "TXT",
      ttl: 1,
      content: '"v=spf1 include:b.example ~all"',
      proxied: false,
      comment: "",
      createdOn: "2026-01-01T00:00:00Z",
    };
    const elsewhere = { ...there, name: "www.example.org", content: '"v=spf1 include:d.example -all"' };
    const verification = { ...there, content: '"include:e.example"' };
    const texts = { "a.example": "v=spf1 -all", "b.example": "v=spf1 mx -all" };
    const { lookups } = await costs(texts, ["a.example"], [there, elsewhere, verification]);
    expect(lookups).toEqual({ "a.example": 1, "b.example": 2 });
  });

  it("is asked for once, however often it is included", async () => {
    const texts = {
      "a.example": "v=spf1 include:c.example -all",
      "b.example": "v=spf1 include:c.example -all",
      "c.example": "v=spf1 -all",
    };
    const { lookups, asked } = await costs(texts, ["a.example", "b.example", "a.example"]);
    expect(lookups).toEqual({ "a.example": 2, "b.example": 2 });
    expect(asked.sort()).toEqual(["a.example", "b.example", "c.example"]);
  });

  it.each<[string, Texts]>([
    ["itself", { "a.example": "v=spf1 include:a.example -all" }],
    [
      "itself by way of another",
      { "a.example": "v=spf1 include:b.example -all", "b.example": "v=spf1 redirect=a.example" },
    ],
    ["itself, ten times over", { "a.example": `v=spf1 ${"include:a.example ".repeat(10)}-all` }],
  ])("is more than any policy may when it includes %s, and is counted to an end", async (_, texts) => {
    const { lookups, asked } = await costs(texts, ["a.example"]);
    expect(lookups["a.example"]).toBeGreaterThan(10);
    expect(asked).toHaveLength(Object.keys(texts).length);
  });

  it.each<[string, Texts, string]>([
    ["does not exist", {}, "ENOTFOUND"],
    ["has a name server that fails", { "lost.example": "broken" }, "ESERVFAIL"],
  ])("is one look-up and a warning of a name that %s", async (_, texts, code) => {
    const known = { "a.example": "v=spf1 include:lost.example mx -all", ...texts };
    expect((await costs(known, ["a.example", "lost.example"])).lookups).toEqual({
      "a.example": 3,
      "lost.example": 1,
    });
    expect(warnings()).toEqual([
      `The look-ups that SPF's include:lost.example costs could not be counted (${code}): a policy that takes more than ten in all is void. \`mailserver verify\` counts them from elsewhere.`,
    ]);
  });

  it("is nothing without senders, and nobody is asked", async () => {
    expect(await costs({}, [])).toEqual({ lookups: {}, asked: [] });
  });
});
