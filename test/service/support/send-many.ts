/**
 * Many users who submit at once, each message after message on one connection, with nodemailer.
 * Run as a host on the simulated internet; says how many messages were taken, and what went wrong, as JSON.
 *
 * usage: send-many.ts HOST RECIPIENT SUBJECT MESSAGES, with the users, their passwords too, as JSON on standard input
 */
import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";

const [host = "", to = "", subject = "", messages = ""] = process.argv.slice(2);
const users = JSON.parse(readFileSync(0, "utf8")) as { user: string; password: string }[];

async function send({ user, password }: (typeof users)[number], index: number): Promise<string[]> {
  const transport = createTransport({
    ...{ host, port: 465, secure: true, pool: true, maxConnections: 1, maxMessages: 1000 },
    auth: { user, pass: password },
  });
  const sending = Array.from({ length: Number(messages) }, (_, i) =>
    transport
      .sendMail({ from: user, to, subject: `${subject} of ${index}. number ${i}`, text: "One of many." })
      .then(
        () => "",
        (error: Error) => `${user}: ${error.message}`,
      ),
  );
  const failures = await Promise.all(sending);
  transport.close();
  return failures;
}

void Promise.all(users.map(send)).then((all) => {
  const outcomes = all.flat();
  const failures = outcomes.filter(Boolean);
  console.log(JSON.stringify({ sent: outcomes.length - failures.length, failures }));
});
