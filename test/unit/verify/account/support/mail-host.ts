import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:net";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import { SMTPServer, type SMTPServerAddress } from "smtp-server";
import { onTestFinished } from "vitest";
import { testAuthority } from "../../support/certificates";
import { type ImapOptions, imapServer, type Mailboxes, store } from "../../support/imap-server";
import type { World } from "../../support/world";

export const account = { user: "alice@example.com", password: "correct horse battery staple" };

interface Signing {
  /** @default "example.com" */
  readonly domain?: string;
  readonly limit?: number;
  readonly headers?: readonly string[];
  /** With another key than the one in DNS. */
  readonly wrongly?: boolean;
}

/** A mail host with one mailbox, well-behaved but for what is said otherwise. */
export interface MailHost extends World {
  /** How it signs what the account hands in, by selector: rsa and ed25519. @default both */
  readonly signs?: { readonly rsa?: Signing; readonly ed25519?: Signing };
  /** Its clock. @default "Tue, 24 Nov 2026 12:00:03 +0000" */
  readonly clock?: string;
  /** Where mail ends up; undefined loses it. @default "INBOX" */
  readonly mailbox?: string | undefined;
  /** Changes the message as it is delivered. */
  readonly deliver?: (source: string) => string;
  /** Why a sender is refused. @default whoever is not the account */
  readonly refuseSender?: (address: string) => string | undefined;
  /** Why a login for submission is refused, given the password. */
  readonly refuseLogin?: (password: string) => string | undefined;
  readonly refuseMessage?: string;
  readonly imap?: Partial<ImapOptions>;
  readonly authMethods?: readonly string[];
  readonly mailboxes?: Mailboxes;
  /** Only 587 with STARTTLS. */
  readonly startTls?: boolean;
  /** The certificate's name. @default "mail.example.com" */
  readonly certificateName?: string;
}

const authority = testAuthority();
const keys = {
  rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ed25519: generateKeyPairSync("ed25519"),
};
const others = {
  rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ed25519: generateKeyPairSync("ed25519"),
};
const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();

export const dkimRecords: Readonly<Record<string, string>> = {
  rsa: `v=DKIM1; k=rsa; p=${keys.rsa.publicKey.export({ type: "spki", format: "der" }).toString("base64")}`,
  // RFC 8463 section 4: the key itself, without the wrapping.
  ed25519: `v=DKIM1; k=ed25519; p=${keys.ed25519.publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("base64")}`,
};

export async function mailHost(options: MailHost = {}): Promise<World> {
  const {
    mailboxes = new Map([
      ["INBOX", []],
      ["Junk", []],
    ]),
    startTls,
    certificateName,
    imap,
    ...rest
  } = options;
  const { issue, root } = await authority;
  const tls = await issue({ names: [certificateName ?? "mail.example.com"] });
  const records = Object.entries(dkimRecords).map(([selector, value]) => [
    `${selector}._domainkey.example.com TXT`,
    [value],
  ]);
  return {
    account,
    authorities: [root],
    ...rest,
    zone: {
      "example.com MX": ["10 mail.example.com"],
      "mail.example.com A": ["192.0.2.10"],
      ...Object.fromEntries(records),
      ...rest.zone,
    },
    listeners: {
      [`192.0.2.10:${startTls ? 587 : 465}`]: await submissionServer(options, mailboxes, tls),
      "192.0.2.10:993": await imapServer({ tls, ...account, mailboxes, ...imap }),
      ...rest.listeners,
    },
  };
}

async function submissionServer(
  options: MailHost,
  mailboxes: Mailboxes,
  tls: { readonly cert: string; readonly key: string },
): Promise<Server> {
  const mailbox = "mailbox" in options ? options.mailbox : "INBOX";
  const { deliver = (source) => source, refuseLogin, refuseMessage } = options;
  const refuseSender =
    options.refuseSender ??
    ((address) =>
      address === account.user ? undefined : "5.7.1 Sender address rejected: not owned by user");
  const smtp = new SMTPServer({
    ...tls,
    secure: !options.startTls,
    authMethods: [...(options.authMethods ?? ["PLAIN", "LOGIN"])],
    logger: false,
    onAuth: ({ username, password }, _, done) => {
      const why =
        refuseLogin?.(password ?? "") ??
        (username === account.user && password === account.password ? "" : "no");
      if (why === "") done(null, { user: username });
      else done(refusal(535, why));
    },
    onMailFrom: ({ address }: SMTPServerAddress, _, done) => {
      const why = refuseSender(address);
      done(why === undefined ? null : refusal(553, why));
    },
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        if (refuseMessage !== undefined) return done(refusal(554, refuseMessage));
        const source = await process(Buffer.concat(chunks).toString("latin1"), options);
        if (mailbox !== undefined) store(mailboxes, mailbox, deliver(source));
        done(null, "queued as 4Xyz");
      });
    },
  });
  smtp.on("error", () => {});
  const server: Server = smtp.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
  return server;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** What a careful server makes of a message: no word of the client, a trace of its own, signatures. */
async function process(
  handedIn: string,
  { signs = { rsa: {}, ed25519: {} }, clock }: MailHost,
): Promise<string> {
  const clean = handedIn.replace(/^User-Agent:.*\r\n/m, "");
  const signatures = await Promise.all(
    (["rsa", "ed25519"] as const).map(async (selector) => {
      const signing = signs[selector];
      if (!signing) return "";
      const { privateKey } = signing.wrongly ? others[selector] : keys[selector];
      const data = {
        signingDomain: signing.domain ?? "example.com",
        selector,
        privateKey: pem(privateKey),
        algorithm: `${selector}-sha256`,
        maxBodyLength: signing.limit,
      };
      const { signatures: header } = await dkimSign(clean, {
        ...data,
        canonicalization: "relaxed/relaxed",
        signTime: new Date("2026-11-24T12:00:00Z"),
        // mailauth reads names with colons between, whatever its types say.
        ...(signing.headers ? { headerList: signing.headers.join(":") as unknown as string[] } : {}),
        signatureData: [data],
      });
      return header;
    }),
  );
  const trace = `Received: from mail.example.com by mail.example.com with LMTP id 4Xyz;\r\n\t${clock ?? "Tue, 24 Nov 2026 12:00:03 +0000 (UTC)"}\r\n`;
  return trace + signatures.join("") + clean;
}
