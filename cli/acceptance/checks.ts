import { randomUUID } from "node:crypto";
import { ImapFlow } from "imapflow";
import { createTransport, type SendMailOptions } from "nodemailer";
import { type Correspondent, correspondentAddress } from "../../local/internet/correspondent";
import type { AcceptancePlan } from "./plan";
import { eventually, expectThat } from "./support";

export interface Check {
  readonly title: string;
  /** @returns what was seen @throws what was wrong */
  readonly run: (plan: AcceptancePlan, correspondent: Correspondent) => Promise<string>;
}

/** What must hold after every apply beside `mailserver verify`: mail both ways, with another mail server as judge. */
export const checks: readonly Check[] = [
  ...([465, 587] as const).map((port) => ({
    title: `mail from a user, submitted on ${port}`,
    run: (plan: AcceptancePlan, correspondent: Correspondent) => submitted(port, plan, correspondent),
  })),
  {
    title: "mail to a mailbox, read over IMAPS",
    run: async ({ hostname, login }, correspondent) => {
      const subject = randomUUID();
      await correspondent.send({ to: login.user, subject, body: "Are you there?" });
      const source = await eventually(() => fetchBySubject(hostname, login, subject), 60_000);
      const verdicts = /^Authentication-Results:(?:.|\r?\n[ \t])*/im.exec(source)?.[0] ?? "";
      for (const method of ["spf", "dkim", "dmarc"])
        expectThat(new RegExp(`\\b${method}=pass\\b`).test(verdicts), `no ${method}=pass in: ${verdicts}`);
      return "certificate verified; SPF, DKIM and DMARC of the sender pass";
    },
  },
];

/** Sends as a user and lets the correspondent's own mail server judge what arrived. */
async function submitted(
  port: 465 | 587,
  { hostname, domain, login }: AcceptancePlan,
  correspondent: Correspondent,
): Promise<string> {
  const subject = randomUUID();
  const transport = createTransport({
    host: hostname,
    port,
    secure: port === 465,
    requireTLS: true,
    name: "stranger.test",
    auth: { user: login.user, pass: login.password },
  });
  const message: SendMailOptions = { from: login.user, to: correspondentAddress, subject, text: "Hello." };
  await transport.sendMail(message);
  const { verdicts } = await correspondent.received({ subject, timeout: 60_000 });

  const saw = JSON.stringify(verdicts);
  const signed = verdicts.dkim.filter(({ domain: d, result }) => d === domain && result === "pass");
  for (const algorithm of ["rsa-sha256", "ed25519-sha256"])
    expectThat(
      signed.some((signature) => signature.algorithm === algorithm),
      `no passing DKIM signature by ${algorithm}: ${saw}`,
    );
  expectThat(verdicts.spf === "pass", `SPF did not pass: ${saw}`);
  expectThat(verdicts.dmarc === "pass", `DMARC did not pass: ${saw}`);
  expectThat(verdicts.fcrdns === "pass", `reverse DNS is not forward-confirmed: ${saw}`);
  expectThat(verdicts.helo.name === hostname, `the EHLO name is not ${hostname}: ${saw}`);
  expectThat(/^TLS1\.[23]$/.test(verdicts.tls ?? ""), `not sent over TLS 1.2 or later: ${saw}`);
  return `SPF, DKIM by RSA and Ed25519, DMARC, reverse DNS pass; ${verdicts.tls}`;
}

async function fetchBySubject(
  host: string,
  { user, password: pass }: AcceptancePlan["login"],
  subject: string,
): Promise<string | undefined> {
  const client = new ImapFlow({ host, port: 993, secure: true, auth: { user, pass }, logger: false });
  await client.connect();
  try {
    await client.mailboxOpen("INBOX");
    const found = await client.search({ header: { subject } }, { uid: true });
    if (!found || found[0] === undefined) return undefined;
    const message = await client.fetchOne(String(found[0]), { source: true }, { uid: true });
    return message ? message.source?.toString() : undefined;
  } finally {
    await client.logout();
  }
}
