import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderBundle } from "../../../host";
import { declaration, declarations, fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

const configuration = fileOf(render(), "/etc/dovecot/dovecot.conf");

describePython("the warning of a quota", join(__dirname, "dovecot"));

describe("Dovecot", () => {
  it("renders its configuration whole", async () => {
    await expect(configuration).toMatchFileSnapshot("snapshots/dovecot.conf");
  });

  it.each([
    [/^protocols = imap lmtp sieve$/m, "no POP3"],
    [/inet_listener imap \{\s+port = 0\s+\}/, "no IMAP on 143, where STARTTLS could be stripped"],
    [/inet_listener imaps \{\s+port = 993\s+ssl = yes\s+\}/, "IMAPS"],
    [/^ssl = required$/m, "nothing outside of TLS"],
    [/^ssl_min_protocol = TLSv1\.2$/m, "nothing older"],
    [/^shutdown_clients = no$/m, "sessions outlive a reload, as for a new certificate"],
    [/^auth_allow_cleartext = no$/m, "no password outside of TLS"],
    [/^mail_driver = maildir$/m, "messages that any tool can read"],
    [/^first_valid_uid = 5000\nlast_valid_uid = 5000$/m, "one system user, whatever a look-up says"],
  ])("has %s: %s", (line) => {
    expect(configuration).toMatch(line);
  });

  it.each([
    ["sieve.conf", /inet_listener sieve \{\s+port = 4190\s+\}/, "ManageSieve"],
    [
      "sieve.conf",
      /inet_listener sieve_deprecated \{\s+port = 0\s+\}/,
      "not where it was before it had a port",
    ],
    [
      "sieve.conf",
      /^sieve_global_extensions \{\s+vnd\.dovecot\.pipe = yes\s+\}/m,
      "no user's script starts a program",
    ],
    ["sieve.conf", /^sieve_max_cpu_time = 30 secs$/m, "no user's script keeps the processor"],
    ["quota.conf", /^quota_status_overquota = 452 4\.2\.2 /m, "a full mailbox can be emptied"],
    ["quota.conf", /^quota_full_tempfail = yes$/m, "no bounce of what was accepted for an alias"],
    ["search.conf", /^fts_autoindex = yes$/m, "no search waits for the index"],
    [
      "search.conf",
      /service indexer-worker \{[^}]*process_limit = 1\s+\}/,
      "indexing takes the memory of one process",
    ],
  ])("has in %s %s: %s", (file, line) => {
    expect(fileOf(render(), `/etc/dovecot/${file}`)).toMatch(line);
  });

  it("takes one more message of any size that Postfix accepts into a mailbox that is not full", () => {
    const [, limit] = /^message_size_limit = (\d+)$/m.exec(fileOf(render(), "/etc/postfix/main.cf")) ?? [];
    expect(fileOf(render(), "/etc/dovecot/quota.conf")).toContain(`\n  storage_grace = ${limit}B\n`);
  });

  it("has the same quota for every mailbox but those with one of their own", () => {
    const [alice, bob] =
      render({
        quotaBytes: 5_000_000_000,
        mailboxes: declaration.mailboxes.map((mailbox, i) =>
          i === 0 ? { ...mailbox, quotaBytes: 1_048_576 } : mailbox,
        ),
      })
        .parts.flatMap(({ files }) => files)
        .find(({ path }) => path === "/etc/dovecot/users")
        ?.content.split("\n") ?? [];
    expect(alice).toMatch(/:userdb_quota_storage_size=1048576B$/);
    expect(bob).toMatch(/::::::$/);
    const quota = (quotaBytes?: number) => fileOf(render({ quotaBytes }), "/etc/dovecot/quota.conf");
    expect(quota(5_000_000_000)).toMatch(/^quota_storage_size = 5000000000 B$/m);
    expect(quota()).toMatch(/^quota_storage_size = unlimited$/m);
  });

  it("has a mailbox's display name where passwd(5) has the user's", () => {
    const [alice, bob] = declaration.mailboxes;
    if (!alice || !bob) throw new Error("two mailboxes are needed");
    const named = { ...alice, displayName: "Älice, E. Example" };
    const lines = fileOf(render({ mailboxes: [named, bob] }), "/etc/dovecot/users").split("\n");
    expect(lines[0]).toBe(`${alice.address}:${alice.passwordHash}:::Älice, E. Example:::`);
    expect(lines[1]).toMatch(/::::::$/);
  });

  it("warns at 80 and 95 %, the higher one first, since Dovecot runs only the first that is crossed", () => {
    const quota = fileOf(render(), "/etc/dovecot/quota.conf");
    expect(quota.match(/quota_storage_percentage = \d+|args = .*/g)).toEqual([
      "quota_storage_percentage = 95",
      "args = 95 %{user}",
      "quota_storage_percentage = 80",
      "args = 80 %{user}",
    ]);
  });

  it("compiles each script before a mail process could try, with the new configuration", () => {
    const { checks, prepare, files } = partOf(render(), "dovecot");
    const compile = ["sievec", "-c", "/etc/dovecot/dovecot.conf", "/etc/dovecot/sieve"];
    expect(checks).toContainEqual(compile);
    expect(prepare).toContainEqual(compile);
    const scripts = fileOf(render(), "/etc/dovecot/sieve.conf").matchAll(/path = (\/\S+)/g);
    for (const [, path] of scripts) expect(files.map((file) => file.path)).toContain(path);
  });

  it.each(["Archive", "Drafts", "Junk", "Sent", "Trash"])(
    "makes the folder %s and tells clients its use",
    (name) => {
      expect(configuration).toMatch(
        new RegExp(`mailbox ${name} \\{\\s+special_use = \\\\${name}\\s+auto = subscribe\\s+\\}`),
      );
    },
  );

  it("gives the mailboxes' user the same number on every machine", () => {
    expect(fileOf(render(), "/etc/sysusers.d/mailserver.conf")).toMatch(/^u vmail 5000 /);
    expect(partOf(render(), "dovecot").directories).toEqual([
      { path: "/srv/mailserver/mail", mode: "0700", owner: "vmail:vmail" },
    ]);
  });

  it("authenticates any set of mailboxes, each by its own hash and in lower case", () => {
    fc.assert(
      fc.property(declarations, (host) => {
        const lines = fileOf(renderBundle(host), "/etc/dovecot/users").trimEnd().split("\n");
        const read = lines.map((line) => {
          const fields = line.split(":");
          // passwd(5) and Dovecot's extra fields: eight of them.
          expect(fields).toHaveLength(8);
          return { address: fields[0], passwordHash: fields[1] };
        });
        expect(read).toEqual(
          host.mailboxes.map(({ address, passwordHash }) => ({
            address: address.toLowerCase(),
            passwordHash,
          })),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("compares each password in a worker, so that nobody else's question waits for it", () => {
    const mailboxes = [
      {
        address: "a@example.org",
        passwordHash: "{BLF-CRYPT}x",
        appPasswords: [{ name: "phone", passwordHash: "y" }],
      },
    ];
    const text = fileOf(render({ mailboxes }), "/etc/dovecot/dovecot.conf");
    const databases = [...text.matchAll(/^ *passdb [^{]*\{[^}]*\}/gm)].map(([block]) => block);
    const compared = databases.filter((block) => !block.includes("deny = yes"));
    expect(compared).toHaveLength(2);
    for (const block of compared) expect(block).toContain("use_worker = yes");
  });

  it("may watch a mailbox for each of its sessions, where the kernel's default is 128 in all", () => {
    const limit = fileOf(render(), "/etc/sysctl.d/60-mailserver.conf");
    expect(Number(/^fs\.inotify\.max_user_instances = (\d+)$/m.exec(limit)?.[1])).toBeGreaterThan(1024);
  });
});
