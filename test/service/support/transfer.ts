/**
 * Transfers a message of exactly so many bytes to a mailbox of the server, with nodemailer.
 * Run as a host on the simulated internet; says what the server announced and answered as JSON.
 *
 * usage: transfer.ts HOST PORT MAILBOX BYTES [announced]; on 465 and 587 as the mailbox, whose password is in
 * MAILSERVER_PASSWORD. With `announced`, the size is given with MAIL FROM.
 */
import SMTPConnection from "nodemailer/lib/smtp-connection";

const [host = "", port = "", mailbox = "", bytes = "", announced] = process.argv.slice(2);
const submission = port !== "25";
/** On port 25 a stranger whose name and SPF record are right. */
const author = submission ? mailbox : "someone@stranger.test";
const size = Number(bytes);

/** So many bytes as SMTP counts them: each line with its CR and LF, dots that are stuffed once (RFC 1870 section 5). */
function message(subject: string): Buffer {
  const header = [`From: ${author}`, `To: ${mailbox}`, `Subject: ${subject}`, "", ""].join("\r\n");
  const line = `.${"x".repeat(75)}\r\n`;
  const left = size - header.length;
  const rest = left % line.length;
  // A last line has at least its end.
  const lines = Math.floor(left / line.length) - (rest > 0 && rest < 2 ? 1 : 0);
  const last = left - lines * line.length;
  return Buffer.from(
    `${header}${line.repeat(lines)}${last === 0 ? "" : `${"y".repeat(last - 2)}\r\n`}`,
    "latin1",
  );
}

const connection = new SMTPConnection({
  host,
  port: Number(port),
  secure: port === "465",
  requireTLS: true,
  name: "stranger.test",
  socketTimeout: 300_000,
});
connection.on("error", (error) => finish(error));

function finish(error: unknown, info?: { response: string }): void {
  const { response = `${error}` } = (error ?? info) as { response?: string };
  console.log(JSON.stringify({ limit, response }));
  process.exit(0);
}

// What the server announced. Nodemailer itself keeps to it, and here the server is to refuse.
let limit = 0;

connection.connect(() => {
  const inside = connection as unknown as { _maxAllowedSize: number };
  limit = inside._maxAllowedSize;
  inside._maxAllowedSize = 0;
  const data = message(`exactly ${size} bytes`);
  if (data.length !== size) throw new Error(`the message has ${data.length} bytes instead of ${size}`);
  const send = () =>
    connection.send({ from: author, to: [mailbox], size: announced ? size : undefined }, data, finish);
  if (!submission) return send();
  const credentials = { user: mailbox, pass: process.env.MAILSERVER_PASSWORD ?? "" };
  connection.login({ credentials }, (error) => (error ? finish(error) : send()));
});
