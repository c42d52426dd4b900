/**
 * Submits a message with or without a wish for a notice (DSN, RFC 3461), with nodemailer.
 * Run as a host on the simulated internet.
 *
 * usage: notify.ts HOST MAILBOX RECIPIENT [NOTIFY], the mailbox's password in MAILSERVER_PASSWORD
 */
import { createTransport } from "nodemailer";

const [host = "", user = "", to = "", notify] = process.argv.slice(2);
const transport = createTransport({
  ...{ host, port: 465, secure: true },
  auth: { user, pass: process.env.MAILSERVER_PASSWORD ?? "" },
});
void transport.sendMail({
  ...{ from: user, to, subject: "With or without a notice", text: "Hello." },
  dsn: notify ? { id: "notice", return: "headers", notify: [notify], recipient: user } : undefined,
});
