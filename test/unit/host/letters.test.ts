import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("mail that the host writes", join(__dirname, "letters"));

describe("mail that the host writes", () => {
  it("goes to the postmaster from an address whose mail is signed", () => {
    expect(JSON.parse(fileOf(render(), "/etc/mailserver/letters.json"))).toEqual({
      hostname: "mx1.example.test",
      postmaster: "alice@example.test",
      sender: "root@example.test",
    });
  });

  it("is declared before the programs that write it, each of which has the module beside it", () => {
    const { parts } = render();
    const names = parts.map(({ name }) => name);
    for (const user of ["lego", "dovecot", "send-limits", "tls-reports", "watch"]) {
      expect(names.indexOf("letters")).toBeLessThan(names.indexOf(user));
      const paths = partOf(render(), user).files.map(({ path }) => path);
      expect(paths.some((path) => /^\/usr\/local\/lib\/mailserver\/[^/]+\/letters\.py$/.test(path))).toBe(
        true,
      );
    }
  });

  it("changes no other part when others are to get it", () => {
    const bobs = render({ postmaster: "bob@example.test" });
    for (const name of ["lego", "send-limits", "watch"])
      expect(partOf(bobs, name)).toEqual(partOf(render(), name));
  });
});
