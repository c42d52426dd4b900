import { spfHelo } from "../../../../verify/checks/spf/helo";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";

const hosts = { "example.com MX": ["10 mx.example.com"], "mx.example.com A": ["192.0.2.1"] };
const own = { "mx.example.com TXT": ["v=spf1 a -all"] };
const expected = { hostname: "mx.example.com", addresses: ["192.0.2.1"], records: [] };

describeCheck(spfHelo, [
  {
    when: "the mail host's name has SPF, and port 25 can't be reached",
    world: { zone: { ...hosts, ...own } },
    outcome: "passed",
  },
  {
    when: "the host has no SPF of its own",
    world: { zone: hosts },
    outcome: "warning",
    evidence: /mx\.example\.com has no SPF record/,
    remedy: /mx\.example\.com\. TXT "v=spf1 a -all"/,
  },
  {
    when: "the host says another name of its own in EHLO, which has no SPF",
    world: async () => ({
      zone: { ...hosts, ...own, "out.example.com A": ["192.0.2.1"] },
      listeners: { "192.0.2.1:25": await smtpServer({ hostname: "out.example.com" }) },
    }),
    outcome: "warning",
    evidence: /out\.example\.com has no SPF record/,
  },
  {
    when: "the host says a name in EHLO that is not its own, which is another check's",
    world: async () => ({
      zone: { ...hosts, ...own },
      listeners: { "192.0.2.1:25": await smtpServer({ hostname: "localhost.localdomain" }) },
    }),
    outcome: "passed",
  },
  {
    when: "the name says that nobody sends, and the stack's host does",
    world: { zone: { ...hosts, "mx.example.com TXT": ["v=spf1 -all"] }, expected },
    outcome: "failed",
    evidence: /does not let the host pass/,
  },
  {
    when: "the host is called as the domain",
    world: { zone: { "example.com MX": ["10 example.com"], "example.com A": ["192.0.2.1"] } },
    outcome: "not-applicable",
  },
]);
