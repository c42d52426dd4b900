import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { imap, subjects } from "./support/imap";
import { accepted, deliver } from "./support/send";
import { local } from "./support/server";
import { people } from "./support/stack";

const { junk: user } = people;

/** How many messages the filter has learned as each. */
async function learned(): Promise<{ spam: number; ham: number }> {
  const { code, stdout, stderr } = await local.on("mx1", [
    ...["rspamc", "--connect=/run/rspamd/controller.sock", "stat"],
  ]);
  expect(code, stderr).toBe(0);
  const of = (symbol: string) =>
    Number(new RegExp(`^Statfile: ${symbol} .*?learned: (\\d+)`, "m").exec(stdout)?.[1] ?? Number.NaN);
  return { spam: of("BAYES_SPAM"), ham: of("BAYES_HAM") };
}

it("teaches the filter by moving a message into Junk, and out of it again", async () => {
  const subject = randomUUID();
  await accepted(deliver(user.user, subject, "--body", `A letter about ${subject} that is like no other.`));
  await eventually(
    () => subjects(user),
    (all) => all.includes(subject),
  );
  const before = await learned();
  await imap(user, ["mailboxOpen", "INBOX"], ["messageMove", { subject }, "Junk"]);
  await eventually(learned, ({ spam }) => spam === before.spam + 1);
  await imap(user, ["mailboxOpen", "Junk"], ["messageMove", { subject }, "INBOX"]);
  await eventually(learned, ({ ham }) => ham === before.ham + 1);
});
