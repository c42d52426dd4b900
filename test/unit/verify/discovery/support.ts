import type { Server } from "node:net";
import { httpsServer, type Page, trusted } from "../support/https-server";
import { lineServer } from "../support/line-server";
import { smtpServer } from "../support/smtp-server";
import type { World } from "../support/world";
import type { Zone } from "../support/zone";

export interface UserHostOptions {
  /** Names of the certificate of the mail host. */
  readonly names?: readonly string[];
  readonly pages?: Readonly<Record<string, Page | string>>;
  readonly webNames?: readonly string[];
  readonly zone?: Zone;
  readonly world?: World;
}

/** The host for users, mx.example.com at 192.0.2.1, and a web server at 192.0.2.2. */
export async function userWorld(options: UserHostOptions = {}): Promise<World> {
  const { names = ["mx.example.com"], pages = {}, zone = {}, world = {} } = options;
  const { webNames = ["autoconfig.example.com", "autodiscover.example.com"] } = options;
  const { root, ...tls } = await trusted({ names });
  const { root: _, ...web } = await trusted({ names: webNames });
  return {
    authorities: [root],
    zone: {
      "example.com MX": ["10 mx.example.com"],
      "mx.example.com A": ["192.0.2.1"],
      "autoconfig.example.com A": ["192.0.2.2"],
      "autodiscover.example.com A": ["192.0.2.2"],
      "_submissions._tcp.example.com SRV": ["0 1 465 mx.example.com"],
      "_imaps._tcp.example.com SRV": ["0 1 993 mx.example.com"],
      ...zone,
    },
    ...world,
    listeners: {
      "192.0.2.1:465": await smtpServer({ tls, implicitTls: true }),
      "192.0.2.1:993": await imapServer(tls),
      "192.0.2.2:443": await httpsServer(web, pages),
      ...world.listeners,
    },
  };
}

/** What a mail program of IMAP hears first. */
export function imapServer(tls: { readonly cert: string; readonly key: string }): Promise<Server> {
  return lineServer({ greeting: "* OK ready", answer: () => undefined, tls, implicitTls: true });
}

export interface Announced {
  readonly host?: string;
  readonly port: number;
  readonly tls: string;
}

const imaps = { port: 993, tls: "SSL" };
const submissions = { port: 465, tls: "SSL" };

/** A file of settings for Thunderbird. */
export function clientConfig(imap: Announced = imaps, smtp: Announced = submissions): string {
  const server = (element: string, type: string, { host = "mx.example.com", port, tls }: Announced) =>
    `<${element} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${tls}</socketType></${element}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="example.com"><domain>example.com</domain>
${server("incomingServer", "imap", imap)}
${server("outgoingServer", "smtp", smtp)}
</emailProvider></clientConfig>`;
}

/** An answer to Outlook. */
export function autodiscovered(content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">
<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">
${content}</Response></Autodiscover>`;
}

export function account(imapPort = 993, smtp = "<Port>465</Port><SSL>on</SSL>"): string {
  return `<Account><AccountType>email</AccountType><Action>settings</Action>
<Protocol><Type>IMAP</Type><Server>mx.example.com</Server><Port>${imapPort}</Port></Protocol>
<Protocol><Type>SMTP</Type><Server>mx.example.com</Server>${smtp}</Protocol></Account>`;
}
