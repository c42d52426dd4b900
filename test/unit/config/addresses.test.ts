import { RunError } from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../../config";
import { blowfish } from "./support/hashes";
import { stack } from "./support/stack";

const alice = { address: "alice@example.org", passwordHash: blowfish };
const bob = { address: "bob@example.org", passwordHash: blowfish };
const robot = { address: "robot@example.org", passwordHash: blowfish, sendOnly: true };
const anAddress = "an address such as alice@example.com: lower case, without +";
const oneEach = "an alias is also an address to send as, so each is listed";

const aDisplayName =
  "the name that people see, such as Alice Example: 1 to 64 characters, no colon, no control characters, no blank at its ends";

const called = (displayName: unknown) => ({ mailboxes: [{ ...alice, displayName }] });
const apps = (...appPasswords: object[]) => ({ mailboxes: [{ ...alice, appPasswords }] });
const alias = (address: string, ...targets: unknown[]) => ({ address, targets });
const aliases = (...list: object[]) => ({ mailboxes: [alice, bob, robot], aliases: list });
const catchAll = (address: string) => ({ domains: [{ name: "example.org", catchAll: address }] });

/** A wrong configuration, and the one line that says so. */
const table: readonly [what: string, changes: Record<string, unknown>, line: string][] = [
  [
    "a display name with a colon, which would end a field of the passwd file",
    called("Alice: Sales"),
    `mailboxes[0].displayName: got "Alice: Sales", wants ${aDisplayName}`,
  ],
  [
    "a display name of two lines",
    called("Alice\nBcc: all@example.net"),
    `mailboxes[0].displayName: got "Alice\\nBcc: all@example.net", wants ${aDisplayName}`,
  ],
  [
    "a display name with a line separator that only Unicode knows",
    called("Alice\u2028Example"),
    `mailboxes[0].displayName: got "Alice\u2028Example", wants ${aDisplayName}`,
  ],
  [
    "a display name with half a character",
    called("Alice \ud83d"),
    `mailboxes[0].displayName: got "Alice \\ud83d", wants ${aDisplayName}`,
  ],
  [
    "a display name with a blank before it",
    called(" Alice"),
    `mailboxes[0].displayName: got " Alice", wants ${aDisplayName}`,
  ],
  ["a display name that is blank", called(" "), `mailboxes[0].displayName: got " ", wants ${aDisplayName}`],
  [
    "a display name of 65 characters",
    called("é".repeat(65)),
    `mailboxes[0].displayName: got "${"é".repeat(65)}", wants ${aDisplayName}`,
  ],
  [
    "a display name that is no text",
    called(["Alice"]),
    "mailboxes[0].displayName: got a list, wants the name that people see, such as Alice Example",
  ],
  [
    "an app password without a name",
    apps({ passwordHash: blowfish }),
    "mailboxes[0].appPasswords[0].name: got nothing, wants what uses the password, such as phone",
  ],
  [
    "an app password without its hash",
    apps({ name: "phone" }),
    "mailboxes[0].appPasswords[0].passwordHash: got nothing, wants what `npx mailserver password` prints, set with `pulumi config set --secret --path`",
  ],
  [
    "an app password that is no hash",
    apps({ name: "phone", passwordHash: "wonderland" }),
    "mailboxes[0].appPasswords[0].passwordHash: got text without a {SCHEME} in front, wants {BLF-CRYPT}",
  ],
  [
    "two app passwords of one name",
    apps({ name: "phone", passwordHash: blowfish }, { name: "phone", passwordHash: blowfish }),
    "mailboxes[0].appPasswords[1].name: got text that is no name, wants another one than mailboxes[0].appPasswords[0], which is the same",
  ],
  [
    "a password in the place of an app's name",
    apps({ name: "a pass phrase", passwordHash: blowfish }),
    "mailboxes[0].appPasswords[0].name: got text that is no name, wants what uses it, such as phone: letters, digits, . _ -, at most 32",
  ],
  [
    "more app passwords than a login may try",
    apps(...Array.from({ length: 11 }, (_, i) => ({ name: `app${i}`, passwordHash: blowfish }))),
    "mailboxes[0].appPasswords: got 11 passwords, wants at most 10 of them",
  ],
  [
    "a mailbox without any password",
    { mailboxes: [alice, { address: "bob@example.org", appPasswords: [] }] },
    "mailboxes[1].passwordHash: got nothing, wants what `npx mailserver password` prints, set with `pulumi config set --secret --path`, or appPasswords",
  ],
  [
    "a postmaster that takes no mail",
    { mailboxes: [alice, robot], postmaster: "robot@example.org" },
    'postmaster: got "robot@example.org", wants a mailbox that takes mail: this one only sends',
  ],
  [
    "an alias without targets",
    aliases({ address: "sales@example.org" }),
    "aliases[0].targets: got nothing, wants a list of addresses",
  ],
  [
    "an alias with an empty list of targets",
    aliases(alias("sales@example.org")),
    "aliases[0].targets: got [], wants at least one address",
  ],
  [
    "an alias to a missing mailbox",
    aliases(alias("sales@example.org", "bbo@example.org")),
    'aliases[0].targets[0]: got "bbo@example.org", wants a declared mailbox or alias, with or without an extension: there is none of this address',
  ],
  [
    "an alias to a missing name of the host",
    aliases(alias("sales@example.org", "bob@mx1.example.org")),
    'aliases[0].targets[0]: got "bob@mx1.example.org", wants a declared mailbox or alias, with or without an extension: there is none of this address',
  ],
  [
    "an alias to a mailbox that takes no mail",
    aliases(alias("sales@example.org", "robot@example.org")),
    'aliases[0].targets[0]: got "robot@example.org", wants a mailbox that takes mail: this one only sends',
  ],
  [
    "an alias that is a mailbox too",
    aliases(alias("bob@example.org", "alice@example.org")),
    'aliases[0].address: got "bob@example.org", wants another address than mailboxes[1], which takes its mail itself: a filter (Sieve) can forward it and keep it',
  ],
  [
    "an alias given twice",
    aliases(alias("sales@example.org", "bob@example.org"), alias("sales@example.org", "alice@example.org")),
    'aliases[1].address: got "sales@example.org", wants another one than aliases[0], which is the same',
  ],
  [
    "an alias outside the domains",
    aliases(alias("sales@example.net", "bob@example.org")),
    'aliases[0].address: got "sales@example.net", wants an address in one of the declared domains (example.org)',
  ],
  [
    "an alias with an extension",
    aliases(alias("sales+eu@example.org", "bob@example.org")),
    `aliases[0].address: got "sales+eu@example.org", wants ${anAddress}`,
  ],
  [
    "a target given twice",
    aliases(alias("sales@example.org", "bob@example.org", "bob@example.org")),
    'aliases[0].targets[1]: got "bob@example.org", wants another one than aliases[0].targets[0], which is the same',
  ],
  [
    "a target that is several addresses",
    aliases(alias("sales@example.org", "bob@example.org, alice@example.org")),
    'aliases[0].targets[0]: got "bob@example.org, alice@example.org", wants an address such as bob@example.com, alone',
  ],
  [
    "a target elsewhere without saying that this is wanted",
    aliases(alias("sales@example.org", "bob@example.net")),
    'aliases[0].targets[0]: got "bob@example.net", wants an address in one of the declared domains, or aliasesOutside: true so that aliases may lead elsewhere',
  ],
  [
    "a target in a domain that takes no mail",
    {
      ...aliases(alias("sales@example.org", "bob@example.net")),
      parkedDomains: [{ name: "example.net" }],
      aliasesOutside: "true",
    },
    'aliases[0].targets[0]: got "bob@example.net", wants an address in a domain that takes mail: this one is parked',
  ],
  [
    "an alias to itself",
    aliases(alias("sales@example.org", "bob@example.org", "sales+eu@example.org")),
    'aliases[0].targets[1]: got "sales+eu@example.org", wants another address: an alias can\'t lead to itself',
  ],
  [
    "a loop of aliases",
    aliases(
      alias("a@example.org", "bob@example.org", "b@example.org"),
      alias("b@example.org", "c+x@example.org"),
      alias("c@example.org", "a@example.org"),
    ),
    "aliases[0].targets: got a loop, a@example.org → b@example.org → c@example.org → a@example.org, wants targets that end at mailboxes",
  ],
  [
    "an alias for all of a domain",
    aliases(alias("@example.org", "bob@example.org")),
    'aliases[0].address: got "@example.org", wants an address of its own: for all other addresses of a domain there is domains[].catchAll',
  ],
  [
    "a catch-all beside an alias for all of the domain",
    { ...aliases(alias("*@example.org", "bob@example.org")), ...catchAll("alice@example.org") },
    'aliases[0].address: got "*@example.org", wants an address of its own: domains[0].catchAll takes all other addresses of example.org already',
  ],
  [
    "an alias that is a regular expression",
    aliases(alias("/^info.*@example\\.org$/", "bob@example.org")),
    `aliases[0].address: got "/^info.*@example\\\\.org$/", wants an address of its own, no pattern: ${oneEach}`,
  ],
  [
    "an alias that is a pattern",
    aliases(alias("info-*@example.org", "bob@example.org")),
    `aliases[0].address: got "info-*@example.org", wants an address of its own, no pattern: ${oneEach}`,
  ],
  [
    "a catch-all that nobody has",
    catchAll("rest@example.org"),
    'domains[0].catchAll: got "rest@example.org", wants the address of a declared mailbox or alias, which gets the mail of all addresses that there are not',
  ],
  [
    "a catch-all that takes no mail",
    { mailboxes: [alice, robot], ...catchAll("robot@example.org") },
    'domains[0].catchAll: got "robot@example.org", wants a mailbox that takes mail: this one only sends',
  ],
  [
    "a mailbox whose mail is to be deleted, and that is declared still",
    { mailboxes: [alice, bob], purgedMailboxes: ["bob@example.org"] },
    'purgedMailboxes[0]: got "bob@example.org", wants a mailbox that is no longer declared: its mail would be deleted, and it is mailboxes[1]',
  ],
  [
    "a mailbox to be purged that is no address",
    { purgedMailboxes: ["bob"] },
    `purgedMailboxes[0]: got "bob", wants ${anAddress}`,
  ],
  [
    "a mailbox to be purged twice",
    { purgedMailboxes: ["bob@example.org", "bob@example.org"] },
    'purgedMailboxes[1]: got "bob@example.org", wants another one than purgedMailboxes[0], which is the same',
  ],
];

describe("a wrong address is refused with one line that names the key, what it got and what it wants", () => {
  it.each(table)("%s", (_, changes, line) => {
    const lines = linesOf(stack(changes));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`  mailserver:${line}`);
  });
});

describe("addresses", () => {
  it("that are wrong in several ways are all told at once", () => {
    const wrong = {
      ...aliases(
        alias("@example.org", "nobody@example.org"),
        alias("a@example.org", "b@example.org"),
        alias("b@example.org", "a@example.org"),
        alias("bob@example.org", "bob@example.net"),
      ),
      ...catchAll("rest@example.org"),
    };
    expect(linesOf(stack(wrong)).map((line) => line.trim().replace(/: got.*/, ""))).toEqual([
      "mailserver:aliases[0].address",
      "mailserver:aliases[0].targets[0]",
      "mailserver:aliases[3].address",
      "mailserver:aliases[3].targets[0]",
      "mailserver:aliases[1].targets",
      "mailserver:domains[0].catchAll",
    ]);
  });

  it("that are good are taken: aliases of aliases, extensions, given names, and elsewhere when it is wanted", () => {
    const good = {
      ...aliases(
        alias("sales@example.org", "bob+sales@example.org", "team@example.org"),
        alias("team@example.org", "alice@example.org", "postmaster@mx1.example.org"),
        alias("abuse@example.org", "bob@example.org", "abuse-desk@xn--bcher-kva.example"),
      ),
      aliasesOutside: "true",
      // Of a mailbox that there was, in a domain that may be gone too.
      purgedMailboxes: ["carol@example.org", "carol@example.com"],
      ...catchAll("team@example.org"),
    };
    const settings = parse(stack(good));
    expect(settings.aliases).toEqual(good.aliases);
    expect(settings.purgedMailboxes).toEqual(good.purgedMailboxes);
    expect(settings.domains[0]?.catchAll).toBe("team@example.org");
    expect(settings.mailboxes[2]).toEqual(robot);
  });

  it("have a display name in any script, of 64 characters however many bytes they take", () => {
    for (const name of [
      "Alice Example",
      'Jörg "JJ" Müller, Vertrieb',
      "O'Neil",
      "山田 太郎",
      "\u{1f984}".repeat(64),
    ])
      expect(parse(stack(called(name))).mailboxes[0]?.displayName).toBe(name);
  });

  it("have their domains in any script", () => {
    const settings = parse(
      stack({
        domains: [{ name: "bücher.example" }],
        hostname: "mx1.xn--bcher-kva.example",
        mailboxes: [{ address: "alice@bücher.example", passwordHash: blowfish }],
        aliases: [alias("sales@bücher.example", "alice@bücher.example")],
        postmaster: "alice@bücher.example",
      }),
    );
    expect(settings.aliases).toEqual([alias("sales@xn--bcher-kva.example", "alice@xn--bcher-kva.example")]);
  });

  it("of any aliases are refused for a loop exactly if there is one, and each loop is told once", () => {
    const names = ["a", "b", "c", "d", "e"];
    const graph = fc.array(fc.uniqueArray(fc.nat(names.length), { minLength: 1, maxLength: 3 }), {
      minLength: names.length,
      maxLength: names.length,
    });
    fc.assert(
      fc.property(graph, (edges) => {
        const address = (n: number) => `${names[n] ?? "alice"}@example.org`;
        const lines = linesOf(
          stack({ aliases: edges.map((targets, n) => alias(address(n), ...targets.map(address))) }),
        );
        const reach = (from: number, seen = new Set<number>()): Set<number> => {
          for (const to of edges[from] ?? []) if (!seen.has(to)) reach(to, seen.add(to));
          return seen;
        };
        const inLoop = names.map((_, n) => n).filter((n) => reach(n).has(n));
        expect(lines.length > 0).toBe(inLoop.length > 0);
        // Whoever is in one is named in a line, and nobody else is.
        const named = new Set(lines.join("\n").match(/\b[a-e](?=@)/g));
        for (const n of inLoop) expect([...named]).toContain(names[n]);
        for (const line of lines) {
          const [, way] = /got a loop, (.+), wants/.exec(line) ?? [];
          if (way === undefined) continue;
          const steps = way.split(" → ").map((step) => names.indexOf(step.charAt(0)));
          expect(steps.at(0)).toBe(steps.at(-1));
          for (const [i, n] of steps.slice(0, -1).entries()) expect(edges[n]).toContain(steps[i + 1]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The lines of the problems, without those around them. */
function linesOf(raw: Record<string, string>): string[] {
  try {
    parse(raw);
    return [];
  } catch (error) {
    if (RunError.isInstance(error)) return (error as Error).message.split("\n").slice(1, -1);
    throw error;
  }
}
