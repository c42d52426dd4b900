import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HostDeclaration, renderBundle } from "../../../host";
import { declaration, fileOf } from "./support/declaration";

const names = ["alice", "bob", "carol", "robot", "sales", "team", "lists", "away", "postmaster", "abuse"];
const domains = ["example.test", "second.test"];
const at = (domain: string) => (name: string) => `${name}@${domain}`;

/**
 * Mailboxes and aliases as the configuration lets them be: an alias leads to mailboxes, to aliases that come after it,
 * so there is no loop, or elsewhere.
 */
const servers: fc.Arbitrary<HostDeclaration> = fc
  .record({
    order: fc.shuffledSubarray(
      domains.flatMap((domain) => names.map(at(domain))),
      { minLength: 6 },
    ),
    split: fc.integer({ min: 1, max: 4 }),
    sendOnly: fc.boolean(),
    choices: fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), { minLength: 20, maxLength: 20 }),
    extension: fc.constantFrom("", "+x"),
    catchAll: fc.option(fc.nat(), { nil: undefined }),
  })
  .map(({ order, split, sendOnly, choices, extension, catchAll }) => {
    const own = order.slice(0, split);
    const aliases = order.slice(split);
    const targets = [...aliases, ...own, "out@elsewhere.test"];
    const robots = sendOnly
      ? [{ address: "machine@example.test", passwordHash: "{BLF-CRYPT}x", sendOnly }]
      : [];
    return {
      ...declaration,
      domains: domains.map((name) => ({
        name,
        dkim: [],
        catchAll: catchAll === undefined ? undefined : [...own, ...aliases][catchAll % order.length],
      })),
      mailboxes: [...own.map((address) => ({ address, passwordHash: "{BLF-CRYPT}x" })), ...robots],
      aliases: aliases.map((address, i) => {
        const after = targets.slice(i + 1);
        const chosen = (choices[i] ?? []).map((n) => after[n % after.length] ?? "");
        return {
          address,
          targets: [...new Set(chosen)].map((target) => target.replace("@", `${extension}@`)),
        };
      }),
      postmaster: own[0] ?? "",
    };
  });

/** Who is meant to get the mail of an address, said without a table; nobody where it is refused. */
function meant(server: HostDeclaration, address: string): Set<string> {
  const base = address.replace(/\+.*@/, "@");
  if (server.mailboxes.some((mailbox) => mailbox.address === base && !mailbox.sendOnly))
    return new Set([base]);
  const alias = server.aliases?.find((candidate) => candidate.address === base);
  if (alias) return union(alias.targets.map((target) => meant(server, target)));
  const [name = "", domain = ""] = base.split("@");
  const given = domains.includes(domain) || domain === server.hostname;
  if (given && ["postmaster", "abuse", "hostmaster"].includes(name)) return new Set([server.postmaster]);
  if (
    given &&
    ["root", "mailer-daemon"].includes(name) &&
    [server.hostname, server.postmaster.split("@")[1]].includes(domain)
  )
    return new Set([server.postmaster]);
  if (base === "machine@example.test" && server.mailboxes.some(({ sendOnly }) => sendOnly))
    return new Set([server.postmaster]);
  const rest = server.domains.find((candidate) => candidate.name === domain)?.catchAll;
  if (rest !== undefined) return meant(server, rest);
  return domains.includes(domain) ? new Set() : new Set([base]);
}

/**
 * What Postfix does with a recipient: virtual(5) until an address leads to itself or nowhere, the way that
 * cleanup_map1n.c goes, then its transport. Extensions are handed on (propagate_unmatched_extensions).
 */
function delivered(server: HostDeclaration, recipient: string): Set<string> {
  const bundle = renderBundle(server);
  const aliases = table(fileOf(bundle, "/etc/postfix/aliases"));
  const mailboxes = table(fileOf(bundle, "/etc/postfix/mailboxes"));
  const done = new Set<string>();
  const expand = (address: string, depth = 0): string[] => {
    if (depth > 1000) throw new Error(`unreasonable virtual_alias_maps map expansion size for ${recipient}`);
    const [, base = "", extension = "", domain = ""] = /^([^+]+)(\+.*)?@(.*)$/.exec(address) ?? [];
    const hit = aliases.get(address) ?? aliases.get(`${base}@${domain}`) ?? aliases.get(`@${domain}`);
    const exact = aliases.has(address) || !aliases.has(`${base}@${domain}`);
    if (hit === undefined || done.has(address)) return [address];
    return hit.split(", ").flatMap((target) => {
      const next = exact ? target : target.replace("@", `${extension}@`);
      if (next !== address) return expand(next, depth + 1);
      done.add(address);
      return [address];
    });
  };
  return new Set(
    expand(recipient).flatMap((address) => {
      const base = address.replace(/\+.*@/, "@");
      return !domains.includes(base.split("@")[1] ?? "") || mailboxes.has(base) ? [base] : [];
    }),
  );
}

describe("for any aliases, Postfix", () => {
  it("delivers each address to those that are meant, with an extension and without", () => {
    const recipients = [...names, "nobody", "machine", "hostmaster", "root"];
    fc.assert(
      fc.property(
        servers,
        fc.constantFrom(...recipients),
        fc.constantFrom(...domains),
        (server, name, domain) => {
          for (const address of [`${name}@${domain}`, `${name}+list@${domain}`])
            expect(delivered(server, address), address).toEqual(meant(server, address));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("lets a mailbox send as itself and as the aliases that lead to it, and as nothing else", () => {
    fc.assert(
      fc.property(servers, (server) => {
        const owners = table(fileOf(renderBundle(server), "/etc/postfix/senders"));
        const mailboxes = server.mailboxes.map(({ address }) => address);
        for (const [address, list] of owners) {
          if (mailboxes.includes(address)) expect(list).toBe(address);
          else expect(new Set(list.split(", ")), address).toEqual(own(meant(server, address)));
        }
        for (const { address } of server.aliases ?? [])
          expect(owners.has(address), address).toBe(own(meant(server, address)).size > 0);
        // A catch-all is no sender.
        expect([...owners.keys()].filter((address) => address.startsWith("@"))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

const own = (addresses: Set<string>) =>
  new Set([...addresses].filter((address) => !address.endsWith("@elsewhere.test")));

function union(sets: readonly Set<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

/** Of a lookup table; a key given twice is a mistake. */
function table(text: string): Map<string, string> {
  const rows = text
    .split("\n")
    .filter(Boolean)
    .map((line) => /^(\S+) (.*)$/.exec(line)?.slice(1) as [string, string]);
  const found = new Map(rows);
  expect(found.size).toBe(rows.length);
  return found;
}
