import { mxAlias } from "../../../../verify/checks/mx/alias";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";

const mx = { "example.com MX": ["10 mx.example.com"] };

describeCheck(mxAlias, [
  {
    when: "the mail host has its own address",
    world: { zone: { ...mx, "mx.example.com A": ["192.0.2.1"] } },
    outcome: "passed",
  },
  {
    when: "the mail host is an alias",
    world: {
      zone: { ...mx, "mx.example.com CNAME": ["host.example.net"], "host.example.net A": ["192.0.2.1"] },
    },
    outcome: "failed",
    evidence: /mx\.example\.com is an alias of host\.example\.net/,
    remedy: /"example\.com\. MX 10 host\.example\.net\."/,
  },
  {
    when: "no MX record is there, and the domain is an alias of a host that takes mail",
    world: async () => ({
      zone: { "example.com CNAME": ["host.example.net"], "host.example.net A": ["192.0.2.1"] },
      listeners: { "192.0.2.1:25": await smtpServer() },
    }),
    outcome: "not-applicable",
  },
  {
    when: "the alias leads nowhere, which is another check's",
    world: { zone: { ...mx, "mx.example.com CNAME": ["gone.example.net"] } },
    outcome: "not-applicable",
  },
]);
