import type { Server } from "node:net";
import type { SecureContextOptions } from "node:tls";
import { type LineSession, lineServer } from "./line-server";

/** A message in a mailbox of the IMAP server. */
export interface StoredMessage {
  readonly uid: number;
  readonly source: string;
  deleted: boolean;
}

/** The mailboxes of one user, by name. */
export type Mailboxes = Map<string, StoredMessage[]>;

export interface ImapOptions {
  readonly tls: SecureContextOptions;
  readonly user: string;
  readonly password: string;
  readonly mailboxes: Mailboxes;
  /** The answer to a wrong login, after the tag. */
  readonly refusal?: string;
  /** Refuses even the right login. */
  readonly broken?: boolean;
  /** @default "IMAP4rev1 AUTH=PLAIN UIDPLUS SPECIAL-USE NAMESPACE" */
  readonly capabilities?: string;
  /** Is told each command, without its tag. */
  readonly hear?: (command: string) => void;
}

export function store(mailboxes: Mailboxes, name: string, source: string): void {
  const messages = mailboxes.get(name) ?? [];
  mailboxes.set(name, messages);
  messages.push({ uid: nextUid(messages), source, deleted: false });
}

function nextUid(messages: readonly StoredMessage[]): number {
  return Math.max(100, ...messages.map(({ uid }) => uid)) + 1;
}

/** IMAP over TLS as far as a mail program needs it to log in, look for a message, fetch and delete it. */
export function imapServer(options: ImapOptions): Promise<Server> {
  return lineServer({
    greeting: "* OK ready",
    implicitTls: true,
    tls: options.tls,
    answer: (line, session) => {
      const { state } = session;
      // The client's response to the continuation of AUTHENTICATE has no tag (RFC 9051 section 6.2.2).
      const [, tag = "*", command = ""] = state.authenticating
        ? ["", String(state.authenticating), `RESPONSE ${line}`]
        : (/^(\S+) (.*)$/.exec(line) ?? []);
      state.authenticating = command === "AUTHENTICATE PLAIN" ? tag : undefined;
      if (state.authenticating) return "+ ";
      options.hear?.(command);
      const { untagged, status } = answer(command, session, options);
      return [...untagged, `${tag} ${status}`].join("\r\n");
    },
  });
}

interface ImapAnswer {
  readonly untagged: readonly string[];
  readonly status: string;
}

const ok = (...untagged: string[]): ImapAnswer => ({ untagged, status: "OK done" });

function answer(command: string, { state }: LineSession, options: ImapOptions): ImapAnswer {
  const { mailboxes, capabilities = "IMAP4rev1 AUTH=PLAIN UIDPLUS SPECIAL-USE NAMESPACE" } = options;
  const selected = mailboxes.get(String(state.selected)) ?? [];
  const [verb = ""] = command.split(" ");
  switch (verb.toUpperCase()) {
    case "CAPABILITY":
      return ok(`* CAPABILITY ${capabilities}`);
    case "RESPONSE": {
      const right = Buffer.from(`\0${options.user}\0${options.password}`).toString("base64");
      if (command === `RESPONSE ${right}` && !options.broken) return ok();
      return { untagged: [], status: options.refusal ?? "NO [AUTHENTICATIONFAILED] Authentication failed." };
    }
    case "NAMESPACE":
      return ok('* NAMESPACE (("" "/")) NIL NIL');
    case "LIST":
      return ok(
        ...[...mailboxes.keys()].map((name) => `* LIST (${name === "Junk" ? "\\Junk" : ""}) "/" "${name}"`),
      );
    case "STATUS": {
      const name = /^STATUS "?([^" ]+)/i.exec(command)?.[1] ?? "";
      return ok(`* STATUS "${name}" (UIDNEXT ${nextUid(mailboxes.get(name) ?? [])})`);
    }
    case "SELECT":
    case "EXAMINE":
      state.selected = /^\S+ "?([^" ]+)/.exec(command)?.[1];
      return ok(
        `* ${mailboxes.get(String(state.selected))?.length ?? 0} EXISTS`,
        "* OK [UIDVALIDITY 1] valid",
        "* FLAGS (\\Deleted \\Seen)",
      );
    case "UID":
      return uidCommand(command.slice(4), selected, mailboxes, String(state.selected));
    case "EXPUNGE":
      mailboxes.set(
        String(state.selected),
        selected.filter(({ deleted }) => !deleted),
      );
      return ok();
    case "LOGOUT":
      return ok("* BYE leaving");
    default:
      return ok();
  }
}

function uidCommand(
  command: string,
  selected: readonly StoredMessage[],
  mailboxes: Mailboxes,
  name: string,
): ImapAnswer {
  const uid = Number(/^\S+ (\d+)/.exec(command)?.[1]);
  const index = selected.findIndex((message) => message.uid === uid);
  const message = selected[index];
  switch (command.split(" ")[0]?.toUpperCase()) {
    case "SEARCH": {
      const [, where = "", wanted = "?"] = /(HEADER SUBJECT|BODY) "?([^" )]+)/i.exec(command) ?? [];
      const found = selected
        .filter(({ source }) => searched(source, where).includes(wanted))
        .map(({ uid }) => uid);
      return ok(`* SEARCH ${found.join(" ")}`.trimEnd());
    }
    case "FETCH": {
      if (!message) return ok();
      const section = /BODY\.PEEK\[\](<0\.\d+>)?/i.exec(command)?.[1] ? "BODY[]<0>" : "BODY[]";
      return ok(
        `* ${index + 1} FETCH (UID ${uid} ${section} {${message.source.length}}\r\n${message.source})`,
      );
    }
    case "STORE":
      if (message) message.deleted = true;
      return ok();
    case "EXPUNGE":
      mailboxes.set(
        name,
        selected.filter((one) => one.uid !== uid),
      );
      return ok();
    default:
      return { untagged: [], status: "BAD unknown" };
  }
}

function searched(source: string, where: string): string {
  const end = source.indexOf("\r\n\r\n");
  if (where.toUpperCase() === "BODY") return source.slice(end);
  return /^Subject: .*$/im.exec(source.slice(0, end))?.[0] ?? "";
}
