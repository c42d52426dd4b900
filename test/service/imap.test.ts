import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { program } from "../../local/program";
import { eventually } from "../system/support/cloud";
import type { Login } from "../system/support/imap";
import { imap } from "./support/imap";
import type { Logins } from "./support/many-logins";
import { accepted, deliver } from "./support/send";
import { local } from "./support/server";
import { people } from "./support/stack";

const { reader } = people;

/** How many of the sessions worked, all of them open at once, and what the others were told. */
async function logIn(each: number, logins: readonly Login[]): Promise<{ found: number; refused: string[] }> {
  const { code, stdout, stderr } = await local.internet(program(join(__dirname, "support/many-logins.ts")), {
    input: JSON.stringify({ each, logins } satisfies Logins),
  });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe("IMAP", () => {
  it("offers what mail programs look for", async () => {
    const [capabilities] = await imap(reader, ["capabilities"]);
    for (const name of [
      "IMAP4rev1",
      "IDLE",
      "QUOTA",
      "SPECIAL-USE",
      "MOVE",
      "CONDSTORE",
      "QRESYNC",
      "UIDPLUS",
    ])
      expect(capabilities).toContain(name);
  });

  it("has the folders that mail programs file into, subscribed and marked with their use", async () => {
    const [folders] = await imap(reader, ["list"]);
    const used = (folders as { path: string; specialUse?: string; subscribed: boolean }[]).map(
      ({ path, specialUse, subscribed }) => [path, specialUse, subscribed],
    );
    for (const name of ["Archive", "Drafts", "Junk", "Sent", "Trash"])
      expect(used).toContainEqual([name, `\\${name}`, true]);
  });

  it("tells of new mail while a mail program waits (IDLE), even once its session sleeps without a process", async () => {
    const subject = randomUUID();
    const waiting = local.internet(program(join(__dirname, "support/wait-for-mail.ts")), {
      input: JSON.stringify(reader),
    });
    const services = () =>
      local.on("mx1", ["doveadm", "-f", "tab", "who", reader.user]).then(({ stdout }) => stdout);
    await eventually(services, (text) => text.includes(reader.user) && text.includes("hibernat"));
    await accepted(deliver(reader.user, subject));
    expect((await waiting).stdout.trim()).toBe(subject);
  });

  it("holds 200 sessions at once", async () => {
    const { sieve, quota, junk, bob } = people;
    expect(await logIn(40, [reader, sieve, quota, junk, bob])).toEqual({ found: 200, refused: [] });
  });

  it("holds 50 sessions of a user from one address, and tells the next one why it is refused", async () => {
    const { found, refused } = await logIn(51, [people.junk]);
    expect(found).toBe(50);
    expect(refused).toEqual([
      expect.stringMatching(/maximum number of connections .*mail_max_userip_connections=50/i),
    ]);
  });

  it("answers on 993 with TLS from the first byte, and not on 143", async () => {
    const connect = (port: number) =>
      local.internet(["curl", "--silent", "--max-time", "10", "--url", `telnet://${reader.host}:${port}`], {
        input: "a CAPABILITY\r\n",
      });
    // Not a word of IMAP in the clear; 7 is curl's "could not connect".
    expect((await connect(993)).stdout).not.toMatch(/\* (OK|CAPABILITY)/);
    expect((await connect(143)).code).not.toBe(0);
    expect((await imap(reader, ["capabilities"]))[0]).toContain("IMAP4rev1");
  });
});
