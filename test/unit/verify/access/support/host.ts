import type { Server } from "node:net";
import type { WhyUnreachable } from "../../../../../verify/network";
import { testAuthority } from "../../support/certificates";
import { lineServer } from "../../support/line-server";
import { type SmtpOptions, smtpServer } from "../../support/smtp-server";
import type { World } from "../../support/world";
import type { Zone } from "../../support/zone";

const authority = testAuthority();
const issued = authority.then(({ issue }) => issue({ names: ["mail.example.com", "mta-sts.example.com"] }));
export const certificate = () => issued;

export const mailZone: Zone = {
  "example.com MX": ["10 mail.example.com"],
  "mail.example.com A": ["192.0.2.10"],
};

/** A domain whose mail host listens on these ports and refuses all others. */
export async function hostWith(
  ports: Readonly<Record<number, Promise<Server> | WhyUnreachable>>,
  rest: World = {},
): Promise<World> {
  const listeners = Object.entries(ports).map(
    async ([port, server]) => [`192.0.2.10:${port}`, await server] as const,
  );
  return {
    zone: mailZone,
    authorities: [(await authority).root],
    ...rest,
    listeners: { ...Object.fromEntries(await Promise.all(listeners)), ...rest.listeners },
  };
}

/** A host for users as it should be: 465 and 993, nothing else. */
export const goodPorts = () => ({ 465: submissions(), 993: imap({ implicitTls: true }) });

/** What a submission server says to one who has not logged in. */
const loginFirst: NonNullable<SmtpOptions["override"]> = (command, { secure }) => {
  if (/^AUTH\b/i.test(command)) return secure ? "334 " : "530 5.7.0 Must issue a STARTTLS command first";
  return /^MAIL\b/i.test(command) ? "530 5.7.0 Authentication required" : undefined;
};

/** Port 465. */
export async function submissions(options: SmtpOptions = {}): Promise<Server> {
  return smtpServer({
    hostname: "mail.example.com",
    tls: await certificate(),
    implicitTls: true,
    keywords: () => ["PIPELINING", "AUTH PLAIN LOGIN"],
    override: loginFirst,
    ...options,
  });
}

/** Port 587. */
export function submission(options: SmtpOptions = {}): Promise<Server> {
  return submissions({
    implicitTls: false,
    keywords: ({ secure }) => (secure ? ["PIPELINING", "AUTH PLAIN LOGIN"] : ["PIPELINING"]),
    ...options,
  });
}

export interface ImapGreeter {
  readonly implicitTls?: boolean;
  readonly greeting?: string;
  readonly capabilities?: string;
}

/** Port 143, or 993 with `implicitTls`: answers CAPABILITY. */
export async function imap(options: ImapGreeter = {}): Promise<Server> {
  const { implicitTls = false, greeting = "* OK ready" } = options;
  const { capabilities = implicitTls ? "IMAP4rev1 AUTH=PLAIN" : "IMAP4rev1 STARTTLS LOGINDISABLED" } =
    options;
  return lineServer({
    greeting,
    implicitTls,
    tls: await certificate(),
    answer: (line) => `* CAPABILITY ${capabilities}\r\n${line.split(" ")[0]} OK done`,
  });
}

/** Port 110. */
export function pop({
  capa = ["TOP", "STLS"],
  user = "-ERR STLS first",
}: {
  capa?: string[];
  user?: string;
} = {}) {
  return lineServer({
    greeting: "+OK ready",
    answer: (line) => (line === "CAPA" ? ["+OK", ...capa, "."].join("\r\n") : user),
  });
}

/** Port 4190. */
export async function sieve({
  before = '"SASL" ""\r\n"STARTTLS"',
  after = '"SASL" "PLAIN"',
} = {}): Promise<Server> {
  return lineServer({
    greeting: `"IMPLEMENTATION" "test"\r\n${before}\r\nOK "ready"`,
    tls: await certificate(),
    answer: (line, session) => {
      if (line !== "STARTTLS") return 'NO "no"';
      session.startTls();
      return `OK "begin"`;
    },
    afterTls: `"IMPLEMENTATION" "test"\r\n${after}\r\nOK "secured"`,
  });
}

/** Answers every request with this header, over TLS unless `plain`. */
export async function web(date: string | undefined): Promise<Server> {
  return lineServer({
    implicitTls: true,
    tls: await certificate(),
    answer: (line) =>
      line === ""
        ? ["HTTP/1.1 200 OK", "Content-Length: 0", ...(date ? [`Date: ${date}`] : []), "", ""].join("\r\n")
        : undefined,
  });
}
