import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderBundle } from "../../../host";
import { declarations, fileOf, partOf, render } from "./support/declaration";

const configuration = fileOf(render(), "/etc/dovecot/dovecot.conf");

describe("Dovecot", () => {
  it("renders its configuration whole", async () => {
    await expect(configuration).toMatchFileSnapshot("snapshots/dovecot.conf");
  });

  it.each([
    [/^protocols = imap lmtp$/m, "no POP3"],
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
});
