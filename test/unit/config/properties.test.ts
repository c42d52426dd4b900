import { RunError } from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../../config";
import { blowfish } from "./support/hashes";
import { stack } from "./support/stack";

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
const domainName = fc
  .tuple(label, fc.constantFrom("example", "test", "xn--p1ai"))
  .map((labels) => labels.join("."));
const localPart = fc.stringMatching(/^[a-z0-9_-]{1,10}(\.[a-z0-9_-]{1,10})?$/);
const prefix4 = fc.tuple(fc.nat(0xffffffff), fc.integer({ min: 1, max: 32 })).map(([address, length]) => {
  const network = length === 32 ? address : (address & ~(2 ** (32 - length) - 1)) >>> 0;
  return `${[24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join(".")}/${length}`;
});

/** Domains, and mailboxes in them, all different. */
const server = fc.uniqueArray(domainName, { minLength: 1, maxLength: 4 }).chain((domains) =>
  fc.record({
    domains: fc.constant(domains),
    addresses: fc.uniqueArray(
      fc.tuple(localPart, fc.constantFrom(...domains)).map((parts) => parts.join("@")),
      { minLength: 1, maxLength: 5 },
    ),
    sshCidrs: fc.uniqueArray(prefix4, { maxLength: 3 }),
    banAllow: fc.uniqueArray(prefix4, { maxLength: 3 }),
    minute: fc.nat(24 * 60 - 1),
  }),
);

describe("any configuration", () => {
  it("that is good comes out as it went in", () => {
    fc.assert(
      fc.property(server, ({ domains, addresses, sshCidrs, banAllow, minute }) => {
        const reboot = new Date(minute * 60_000).toISOString().slice(11, 16);
        const hostname = `mx1.${domains[0]}`;
        const settings = parse(
          stack({
            hostname,
            domains: domains.map((name) => ({ name })),
            mailboxes: addresses.map((address) => ({ address, passwordHash: blowfish })),
            postmaster: addresses[0],
            sshCidrs,
            banAllow,
            updates: { reboot },
          }),
        );
        expect(settings.hostZone).toBe(domains[0]);
        expect(settings.domains.map(({ name }) => name)).toEqual(domains);
        expect(settings.mailboxes.map(({ address }) => address)).toEqual(addresses);
        expect(settings.zones.map(({ name }) => name)).toEqual(domains);
        expect(settings.sshCidrs).toEqual(sshCidrs);
        expect(settings.banAllow).toEqual(banAllow);
        expect(settings.updates).toEqual({ reboot });
      }),
    );
  });

  it("of any values at all is read or refused, and refused in words", () => {
    const value = fc.oneof(fc.string(), fc.jsonValue(), fc.constantFrom("", "null", "[]", "[{}]", "true"));
    const keys = [
      "hostname",
      "domains",
      "mailboxes",
      "postmaster",
      "dataVolumeGiB",
      "sshCidrs",
      "metricsCidrs",
      "greylisting",
      "dnsLists",
      "antivirus",
      "banAllow",
      "updates",
      "protect",
      "zone",
      "parkedDomains",
      "cloudflareAccounts",
      "acmeEab",
      "existing",
      "hostKeyEpoch",
      "dnssec",
      "aliases",
      "aliasesOutside",
      "purgedMailboxes",
    ];
    const unspoken = /undefined|\[object|NaN/;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), (changes) => {
        // What was given may be repeated.
        fc.pre(!unspoken.test(JSON.stringify(changes)));
        const said = refusal(stack(changes));
        if (said !== undefined)
          expect(said).toMatch(/^The configuration of this stack has (an error|\d+ errors):\n/);
        expect(said ?? "").not.toMatch(unspoken);
      }),
      { numRuns: 500 },
    );
  });

  it("with several wrong keys names each of them", () => {
    const wrong = {
      hostZone: "-",
      architecture: "vax",
      instanceType: "-",
      dataVolumeGiB: "1.5",
      subnetId: "-",
      subnetIpv6: "-",
      vpcCidr: "-",
      sshFromAnywhere: "-",
      greylisting: "-",
      dnsLists: "-",
      antivirus: "-",
      acmeDirectory: "-",
      protect: "-",
      aliases: "-",
      aliasesOutside: "-",
      purgedMailboxes: "-",
      typo: "-",
    };
    fc.assert(
      fc.property(fc.subarray(Object.keys(wrong) as (keyof typeof wrong)[], { minLength: 1 }), (keys) => {
        const said = refusal(stack(Object.fromEntries(keys.map((key) => [key, wrong[key]])))) ?? "";
        const named = [...said.matchAll(/^ {2}mailserver:(\w+): got .+, wants .+$/gm)].map(([, key]) => key);
        expect(named.sort()).toEqual([...keys].sort());
      }),
    );
  });

  it("never has its secrets repeated, wherever in a mailbox they were put", () => {
    const secret = "wonderland";
    const scheme = fc.constantFrom(
      "",
      "{PLAIN}",
      "{MD5}",
      "{BLF-CRYPT}",
      "{ARGON2ID}$argon2id$",
      `{${secret}}`,
      "$6$",
    );
    const misplaced = fc
      .tuple(scheme, fc.constantFrom(secret, `${secret}$`, ` ${secret}`))
      .map(([a, b]) => a + b);
    const mailbox = fc.oneof(
      misplaced,
      fc.record({
        address: fc.constant("alice@example.org"),
        passwordHash: fc.oneof(misplaced, fc.tuple(misplaced)),
      }),
      fc.record({ address: misplaced, passwordHash: fc.constant(blowfish) }),
      fc.record({ address: fc.constant("alice@example.org"), password: misplaced }),
      fc.record({
        address: fc.constant("alice@example.org"),
        appPasswords: fc.oneof(
          misplaced,
          fc.array(fc.oneof(misplaced, fc.record({ name: misplaced, passwordHash: misplaced })), {
            minLength: 1,
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(fc.oneof(misplaced, fc.array(mailbox, { minLength: 1, maxLength: 3 })), (mailboxes) => {
        expect(refusal(stack({ mailboxes }))).toBeDefined();
        expect(refusal(stack({ mailboxes }))).not.toContain(secret);
      }),
    );
  });

  it("never has another account's token or an authority's key repeated, wherever they were put", () => {
    const secret = "wonderland-".repeat(4);
    const text = fc.constantFrom(secret, ` ${secret}`, `Bearer ${secret}`);
    const value = fc.oneof(text, fc.tuple(text), fc.record({ value: text }));
    const account = fc.record(
      {
        zones: fc.oneof(value, fc.constant(["example.org"])),
        apiToken: fc.oneof(value, fc.constant(7)),
        token: value,
      },
      { requiredKeys: [] },
    );
    const wrong = fc.record(
      {
        cloudflareAccounts: fc.oneof(
          value,
          fc.array(fc.oneof(account, value), { minLength: 1, maxLength: 3 }),
        ),
        acmeEab: fc.oneof(
          value,
          fc.record({ keyId: value, hmacKey: value, key: value }, { requiredKeys: [] }),
        ),
        // So that there always is something to be said.
        typo: fc.constant("-"),
      },
      { requiredKeys: ["typo"] },
    );
    fc.assert(
      fc.property(wrong, (changes) => {
        const said = refusal(stack(changes));
        expect(said).toBeDefined();
        expect(said).not.toContain("wonderland");
      }),
      { numRuns: 300 },
    );
  });
});

/** What a configuration is refused with, or undefined if it is taken. */
function refusal(raw: Record<string, string>): string | undefined {
  try {
    parse(raw);
    return undefined;
  } catch (error) {
    if (RunError.isInstance(error)) return (error as Error).message;
    throw error;
  }
}
