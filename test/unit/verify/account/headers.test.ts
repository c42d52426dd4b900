import { accountHeaders } from "../../../../verify/checks/account/headers";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/mail-host";

const adding = (field: string) => () => mailHost({ deliver: (source) => `${field}\r\n${source}` });

describeCheck(accountHeaders, [
  { when: "nothing is told of the client", world: () => mailHost(), outcome: "passed" },
  ...[
    "X-Originating-IP: [192.0.2.99]",
    "X-Mailer: Outlook 16",
    "User-Agent: mailserver-verify",
    "Received: from [10.0.0.5] (unknown [192.0.2.99])\r\n\tby mail.example.com with ESMTPSA id 4X; Tue, 24 Nov 2026 12:00:00 +0000",
    "Received: from laptop ([IPv6:2001:db8::99]) by mail.example.com with esmtpsa (TLS1.3) id 1k",
  ].map((field) => ({
    when: `it has ${field.replace(/\s+/g, " ")}`,
    world: adding(field),
    outcome: "warning" as const,
    evidence: /tells of the client.*\n(x-originating-ip|x-mailer|user-agent|received): /s,
    remedy: /header_checks/,
  })),
  {
    when: "a hop between servers has an address",
    world: adding("Received: from filter (localhost [127.0.0.1]) by mail.example.com with ESMTP id 4X"),
    outcome: "passed",
  },
  {
    when: "a login is noted without an address",
    world: adding("Received: by mail.example.com with ESMTPSA id 4X"),
    outcome: "passed",
  },
  {
    when: "a trace field is made to take quadratic time",
    world: adding(`Received: from a ([${"1".repeat(200_000)} by mail.example.com with ESMTPSA id 4X`),
    outcome: "passed",
  },
  { when: "nothing arrives", world: () => mailHost({ refuseMessage: "no" }), outcome: "not-applicable" },
]);
