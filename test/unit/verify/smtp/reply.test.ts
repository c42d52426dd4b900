import { describe, expect, it } from "vitest";
import { type Verdict, verdict } from "../../../../verify/smtp/reply";

const replies: Record<Verdict, readonly string[]> = {
  accepted: ["250 2.1.5 Ok", "251 User not local; will forward to <alice@example.org>"],
  "no-relay": [
    "554 5.7.1 <a@example.org>: Relay access denied",
    "454 4.7.1 <a@example.org>: Relay access denied",
    "550 relay not permitted",
    "550 5.7.1 <a@example.org>... Relaying denied",
    "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
    "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
    "550 5.1.2 Bad destination system address",
    "554 5.7.1 <relaytest@dynamic.blocked.example>: Relay access denied",
    "550 5.7.1 <a@example.org>: Recipient address rejected: relaying denied",
  ],
  client: [
    "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org",
    "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.9]",
    "550 5.7.1 Fix reverse DNS for 192.0.2.9",
    "550-5.7.25 The IP address sending this message does not have a PTR record",
    "554 Your IP is on our blacklist",
    "421 4.7.0 banned for an hour",
    "554 5.7.1 Client host [192.0.2.1] blocked using dul.example; dynamic address, use your provider's relay",
    "550-5.7.1 [192.0.2.9] The IP you're using to send mail is not authorized to send email directly to our servers. Please use the SMTP relay at your service provider instead.",
    "550 Dynamic IP addresses: use the relay of your provider",
    "550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)",
    "550 5.7.1 EHLO [192.0.2.9]: Helo command rejected",
  ],
  later: [
    "450 4.2.0 <a@example.com>: Recipient address rejected: Greylisted",
    "451 4.7.1 Try again later",
    "452 4.5.3 Too many recipients",
    "421 4.3.2 Service shutting down",
  ],
  refused: [
    "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
    "550 Unrouteable address",
    "550 5.1.1 User not listed in Domino Directory",
    "501 5.1.3 Bad recipient address syntax",
    "553 5.1.8 Sender domain must exist",
  ],
};

describe("a reply to MAIL or RCPT", () => {
  for (const [meaning, texts] of Object.entries(replies))
    for (const text of texts)
      it(`${JSON.stringify(text)} means ${meaning}`, () => {
        expect(verdict({ code: Number(text.slice(0, 3)), lines: [text.slice(4)] })).toBe(meaning);
      });
});
