import { smtpBanner } from "../../../../verify/checks/smtp/banner";
import { describeCheck } from "../support/world";
import { at, mailHost } from "./support/world";

const greets = (greeting: string) =>
  mailHost({ override: (command) => (command === "" ? greeting : undefined) });

describeCheck(smtpBanner, [
  ...[
    "220 mx.example.com ESMTP",
    "220 mx.example.com ESMTP Postfix (Debian)",
    "220 [192.0.2.1] ESMTP",
    "220 mx.example.com ESMTP Exim Tue, 24 Nov 2026 12:00:00 +0000",
    "220 mx.example.com ESMTP, hello [203.0.113.77]",
    "220 mx.example.com ESMTP 5f8d0c2a-4b1e.123 - gsmtp",
    "220-mx.example.com ESMTP\r\n220 We send no spam",
  ].map((greeting) => ({
    when: `it greets ${JSON.stringify(greeting)}`,
    world: greets(greeting),
    outcome: "passed" as const,
  })),
  ...(
    [
      ["220 mx.example.com ESMTP Postfix 3.7.11", /Postfix 3\.7\.11/],
      ["220 mx.example.com ESMTP Exim 4.96 Tue, 24 Nov 2026 12:00:00 +0000", /Exim 4\.96/],
      ["220 mx.example.com ESMTP Sendmail 8.17.1/8.17.1; Tue, 24 Nov 2026", /8\.17\.1/],
      ["220-mx.example.com ESMTP\r\n220 Haraka/3.0.5 ready", /Haraka\/3\.0\.5/],
    ] as const
  ).map(([greeting, evidence]) => ({
    when: `it greets ${JSON.stringify(greeting)}`,
    world: greets(greeting),
    outcome: "warning" as const,
    evidence,
    remedy: /smtpd_banner/,
  })),
  {
    when: "the greeting is made to take quadratic time",
    world: greets(`220 mx.example.com ${"v-".repeat(1600)}`),
    outcome: "passed",
  },
  {
    when: "the greeting has no host name",
    world: greets("220 Welcome to our mail server"),
    outcome: "warning",
    evidence: /220 Welcome to our mail server/,
    remedy: /myhostname = mx\.example\.com/,
  },
  {
    when: "the greeting is a bare name",
    world: greets("220 localhost ESMTP"),
    outcome: "warning",
    evidence: /localhost/,
  },
  { when: "nothing listens", world: () => at("refused"), outcome: "not-applicable" },
  {
    when: "the server turns this client away",
    world: greets("554 No"),
    outcome: "not-checked",
    evidence: /554 No/,
  },
]);
