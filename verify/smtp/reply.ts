import { CannotCheck } from "../outcome";
import { label, type SmtpHost } from "./every-host";
import type { Reply } from "./session";

/**
 * What the reply to MAIL or RCPT comes to:
 * - `accepted`
 * - `no-relay`: the domain is not one that the server takes mail for, whether refused for good or, as Debian's default
 *   `defer_unauth_destination` has it, with 454
 * - `client`: refused because of who asks, so that it says nothing of what was asked
 * - `later`: greylisting, or trouble of the moment (4yz, RFC 5321 section 4.2.1)
 * - `refused`
 */
export type Verdict = "accepted" | "no-relay" | "client" | "later" | "refused";

/** Servers say why in words of their own; these are those of the common ones. */
const noRelay = /relay|not (?:a )?local domain|rcpthosts|domain (?:is )?not (?:hosted|served|handled)/i;
const client =
  /\b(?:client host|black ?-?list|block ?-?list|deny ?-?list|blocked|(?<!not )listed|dnsbl|rbl|spamhaus|reputation|banned|dynamic|helo|ehlo|not authorized to send)\b|reverse (?:dns|hostname)|\bPTR\b|your (?:ip|host|address|network)/i;
/** Characters of a reply that are looked at. */
const textLimit = 1000;

export function verdict({ code, lines }: Reply): Verdict {
  if (code >= 200 && code < 300) return "accepted";
  // The addresses and hosts that a server repeats are no words of its own.
  const text = lines
    .join(" ")
    .slice(0, textLimit)
    .replace(/<[^<>]*>/g, "<>");
  // Who is refused as a client is often told to use a relay.
  if (client.test(text)) return "client";
  // 5.1.2 is a bad destination system (RFC 3463 section 3.2).
  if (noRelay.test(text) || /^5\.1\.2\b/.test(text)) return "no-relay";
  return code < 500 ? "later" : "refused";
}

/** For evidence. */
export function said({ code, lines }: Reply): string {
  return `${code} ${lines.join(" ")}`.trim();
}

/** Why a reply leaves the question open that came after it. */
export function undecided(host: SmtpHost, command: string, reply: Reply): CannotCheck {
  const [what, remedy] =
    reasons[verdict(reply) === "client" ? "client" : reply.code < 500 ? "later" : "refused"];
  return new CannotCheck(`${label(host)} ${what}.\n${command}: ${said(reply)}`, remedy);
}

const reasons = {
  client: [
    "refuses this client, whatever it asks for",
    "Run it on a machine whose address the server has no reason to distrust: a fixed one with reverse DNS that is on no block list.",
  ],
  later: [
    "puts this client off for now",
    "If it is greylisting, run the same command again from the same machine in some minutes; otherwise look at the server's log.",
  ],
  refused: ["refuses what the question begins with", "Look at the server's log for this connection."],
} as const;
