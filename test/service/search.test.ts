import { describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { imap } from "./support/imap";
import { accepted, deliver } from "./support/send";
import { local } from "./support/server";
import { people } from "./support/stack";

const { reader } = people;

/** How many messages of INBOX have it in their body. */
async function found(body: string): Promise<number> {
  const [, numbers] = await imap(reader, ["mailboxOpen", "INBOX"], ["search", { body }]);
  return (numbers as number[]).length;
}

const index = "/srv/mailserver/mail/example.test/reader/Maildir/fts-flatcurve";

describe("full-text search", () => {
  it("has mail in its index soon after it came, without anybody searching", async () => {
    await accepted(deliver(reader.user, "One", "--body", "The invoices for a zeppelin are attached."));
    const indexed = () =>
      local.on("mx1", ["doveadm", "fts", "lookup", "-u", reader.user, "body", "zeppelin"]);
    await eventually(indexed, ({ stdout }) => /^INBOX: \d/m.test(stdout));
  });

  it.each([
    ["a word", "zeppelin", 1],
    ["a word in capitals", "ZEPPELIN", 1],
    ["the beginning of a word", "zepp", 1],
    ["another form of a word", "invoice", 1],
    ["several words, one of them a single letter", "for a zeppelin", 1],
    ["a word that is not there", "submarine", 0],
  ])("finds by %s", async (_, words, count) => {
    expect(await found(words)).toBe(count);
  });

  it.each([
    ["an accent left out", "rechnungsprufung", 1],
    ["another form of a word in German", "Häuser", 1],
  ])("finds with %s", async (_, words, count) => {
    const german =
      "Die Rechnungsprüfung hat ergeben, dass in diesem Haus noch immer niemand wohnt und die Miete nicht bezahlt worden ist.";
    if ((await found("Rechnungsprüfung")) === 0)
      await accepted(
        deliver(reader.user, "Two", "--header", "Content-Type: text/plain; charset=utf-8", "--body", german),
      );
    await eventually(
      () => found("Rechnungsprüfung"),
      (all) => all === 1,
    );
    expect(await found(words)).toBe(count);
  });

  it("can lose its index: it is made again by the next search", async () => {
    await local.on("mx1", ["rm", "-r", index]);
    expect(await found("zeppelin")).toBe(1);
    expect((await local.on("mx1", ["ls", index])).code).toBe(0);
  });
});
