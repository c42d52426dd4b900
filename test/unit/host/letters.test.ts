import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { declaration, fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("mail that the host writes", join(__dirname, "letters"));

/** Whose address has a capital letter. */
const bobNamed = declaration.mailboxes.map((mailbox, i) =>
  i === 1 ? { ...mailbox, displayName: "Bob, Jr." } : mailbox,
);

describe("mail that the host writes", () => {
  it("goes to the postmaster from an address whose mail is signed", () => {
    expect(JSON.parse(fileOf(render(), "/etc/mailserver/letters.json"))).toEqual({
      hostname: "mx1.example.test",
      postmaster: "alice@example.test",
      sender: "root@example.test",
      displayNames: {},
    });
  });

  it("calls each user by the display name, whatever the case of the address", () => {
    const declared = fileOf(render({ mailboxes: bobNamed }), "/etc/mailserver/letters.json");
    expect(JSON.parse(declared).displayNames).toEqual({ "bob@example.org": "Bob, Jr." });
  });

  it("leaves the names out of everything that strangers can ask", () => {
    const web = { mtaStsPolicy: "version: STSv1\n" };
    const domains = declaration.domains.map((domain) => ({ ...domain, web }));
    const before = render({ domains }).parts.map((part) => JSON.stringify(part));
    const changed = render({ domains, mailboxes: bobNamed }).parts.filter(
      (part) => !before.includes(JSON.stringify(part)),
    );
    expect(changed.map(({ name }) => name)).toEqual(["letters", "dovecot"]);
  });

  it("is declared before the programs that write it, each of which has the module beside it", () => {
    const { parts } = render();
    const names = parts.map(({ name }) => name);
    for (const user of ["lego", "dovecot", "send-limits", "tls-reports", "watch"]) {
      expect(names.indexOf("letters")).toBeLessThan(names.indexOf(user));
      const paths = partOf(render(), user).files.map(({ path }) => path);
      const module = expect.stringMatching(/^\/usr\/local\/lib\/mailserver\/[^/]+\/letters\.py$/);
      expect(paths).toContainEqual(module);
    }
  });

  it("changes no other part when others are to get it", () => {
    const bobs = render({ postmaster: "bob@example.test" });
    for (const name of ["lego", "send-limits", "watch"])
      expect(partOf(bobs, name)).toEqual(partOf(render(), name));
  });
});
