import type { Server } from "node:net";
import { type LineScript, type LineSession, lineServer } from "./line-server";

/** A well-behaved receiving server for example.com, but for what is said otherwise. */
export interface SmtpOptions
  extends Partial<Pick<LineScript, "tls" | "implicitTls" | "keepsPlaintext" | "delay">> {
  /** @default "mx.example.com" */
  readonly hostname?: string;
  /** Keywords of EHLO; STARTTLS is added before TLS where there is a certificate. */
  readonly keywords?: (session: LineSession) => readonly string[];
  /** The reply to RCPT TO of an address, for example "550 5.7.1 Relay access denied". */
  readonly recipient?: (address: string, session: LineSession) => string;
  /** Replies to other commands; undefined leaves it to the server. A whole reply, without the last CRLF. */
  readonly override?: (command: string, session: LineSession) => string | undefined;
  /** Commands may end with LF alone. */
  readonly bareNewlines?: boolean;
  /** What ends a command, in place of what `bareNewlines` says. */
  readonly commandEnds?: RegExp;
  /** What it takes for the end of a message beside CRLF.CRLF, for example LF.LF. */
  readonly falseEnds?: readonly string[];
}

export function smtpServer(options: SmtpOptions = {}): Promise<Server> {
  const { hostname = "mx.example.com", tls, implicitTls, keepsPlaintext, delay } = options;
  return lineServer({
    greeting: options.override?.("", greetingSession) ?? `220 ${hostname} ESMTP`,
    tls,
    implicitTls,
    keepsPlaintext,
    delay,
    ends: ({ state }) => {
      if (state.data === undefined) return options.commandEnds ?? (options.bareNewlines ? /\r?\n/ : /\r\n/);
      return options.falseEnds ? /\r\n|\r|\n/ : /\r\n/;
    },
    answer: (line, session) => answer(line, session, { ...options, hostname }),
  });
}

const greetingSession: LineSession = {
  secure: false,
  end: "",
  state: {},
  write: () => {},
  startTls: () => {},
  close: () => {},
};

/** The server's own users. */
const users = ["postmaster@example.com", "abuse@example.com", "alice@example.com"];

function answer(
  line: string,
  session: LineSession,
  options: SmtpOptions & { readonly hostname: string },
): string | undefined {
  const { state } = session;
  if (state.data !== undefined) {
    state.data = `${state.data}${line}${session.end}`.slice(-16);
    const ends = ["\r\n.\r\n", ...(options.falseEnds ?? [])];
    if (!ends.some((end) => `${state.data}`.endsWith(end))) return undefined;
    state.data = undefined;
    return options.override?.(".", session) ?? "250 2.0.0 Ok: queued";
  }
  const overridden = options.override?.(line, session);
  if (overridden !== undefined) return overridden;
  const [verb = "", rest = ""] = line.split(/ (.*)/s);
  switch (verb.toUpperCase()) {
    case "EHLO": {
      const starttls = options.tls && !session.secure ? ["STARTTLS"] : [];
      const keywords = options.keywords?.(session) ?? [
        "PIPELINING",
        "SIZE 52428800",
        "8BITMIME",
        "ENHANCEDSTATUSCODES",
      ];
      const lines = [options.hostname, ...keywords, ...starttls];
      return lines.map((text, index) => `250${index < lines.length - 1 ? "-" : " "}${text}`).join("\r\n");
    }
    case "HELO":
      return `250 ${options.hostname}`;
    case "STARTTLS":
      if (!options.tls) return "502 5.5.1 Not implemented";
      session.startTls();
      return "220 2.0.0 Ready to start TLS";
    case "MAIL":
      state.mail = true;
      return "250 2.1.0 Ok";
    case "RCPT": {
      if (!state.mail) return "503 5.5.1 Need MAIL";
      const address = /<([^>]*)>/.exec(rest)?.[1]?.toLowerCase() ?? "";
      const reply = options.recipient?.(address, session) ?? ownUser(address);
      if (reply.startsWith("2")) state.rcpt = true;
      return reply;
    }
    case "DATA":
      if (!state.rcpt) return "554 5.5.1 No valid recipients";
      // The CRLF of DATA itself may be the first of the end (RFC 5321 section 4.1.1.4).
      state.data = "\r\n";
      return "354 End data with <CR><LF>.<CR><LF>";
    case "RSET":
      state.mail = state.rcpt = false;
      return "250 2.0.0 Ok";
    case "NOOP":
      return "250 2.0.0 Ok";
    case "QUIT":
      session.write("221 2.0.0 Bye\r\n");
      session.close();
      return undefined;
    default:
      return "502 5.5.2 Command not recognized";
  }
}

function ownUser(address: string): string {
  if (users.includes(address)) return "250 2.1.5 Ok";
  return address.endsWith("@example.com") ? "550 5.1.1 User unknown" : "554 5.7.1 Relay access denied";
}
