import { randomUUID } from "node:crypto";
import { it } from "vitest";
import { eventually } from "../system/support/cloud";
import { imap, subjects } from "./support/imap";
import { redis } from "./support/redis";
import { accepted, deliver } from "./support/send";
import { people } from "./support/stack";

const { junk: user } = people;

/** How many messages the filter has learned as each, as it counts in Redis: `rspamc stat` reads that twice a minute. */
async function learned(): Promise<{ spam: number; ham: number }> {
  const [spam, ham] = (await redis("hmget", "RS", "learns_spam", "learns_ham")).split("\n").map(Number);
  return { spam: spam ?? Number.NaN, ham: ham ?? Number.NaN };
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
