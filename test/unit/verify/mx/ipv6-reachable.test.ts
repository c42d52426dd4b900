import { mxIpv6Reachable } from "../../../../verify/checks/mx/ipv6-reachable";
import { lineServer } from "../support/line-server";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";

const zone = {
  "example.com MX": ["10 mx.example.com"],
  "mx.example.com A": ["192.0.2.1"],
  "mx.example.com AAAA": ["2001:db8::1"],
};
const [v4, v6] = ["192.0.2.1:25", "[2001:db8::1]:25"];

describeCheck(mxIpv6Reachable, [
  {
    when: "the server answers at both addresses",
    world: async () => ({ zone, listeners: { [v4]: await smtpServer(), [v6]: await smtpServer() } }),
    outcome: "passed",
    evidence: /mx\.example\.com answers at 2001:db8::1/,
  },
  {
    when: "it turns this client away, over IPv6 too",
    world: async () => {
      const server = await lineServer({ greeting: "554 Not you", answer: () => undefined });
      return { zone, listeners: { [v4]: server, [v6]: server } };
    },
    outcome: "passed",
  },
  {
    when: "it listens on IPv4 only",
    world: async () => ({ zone, listeners: { [v4]: await smtpServer(), [v6]: "refused" } }),
    outcome: "warning",
    evidence: /mx\.example\.com at 2001:db8::1 refuses/,
    remedy: /inet_protocols/,
  },
  {
    when: "it does not run at all, which is another check's",
    world: { zone, listeners: { [v4]: "refused", [v6]: "refused" } },
    outcome: "not-applicable",
  },
  {
    when: "there is no IPv6 here",
    world: async () => ({ zone, listeners: { [v4]: await smtpServer(), [v6]: "no-route" } }),
    outcome: "not-checked",
    evidence: /no way from here to 2001:db8::1/,
  },
  {
    when: "port 25 is blocked here",
    world: { zone, listeners: { [v4]: "timeout", [v6]: "timeout" } },
    outcome: "not-checked",
    remedy: /port 25/,
  },
  {
    when: "the host has no IPv6 address, which is another check's",
    world: { zone: { ...zone, "mx.example.com AAAA": [] } },
    outcome: "not-applicable",
  },
]);
