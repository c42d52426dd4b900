import { spfHost } from "../../../../verify/checks/spf/host";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const hosts = {
  "example.com MX": ["10 mx.example.com"],
  "mx.example.com A": ["192.0.2.1"],
  "mx.example.com AAAA": ["2001:db8::1"],
};
const expected = { hostname: "mx.example.com", addresses: ["192.0.2.1", "2001:db8::1"], records: [] };

describeCheck(spfHost, [
  {
    when: "the mail host may send",
    world: { zone: zoneWith("v=spf1 mx -all", hosts), expected },
    outcome: "passed",
  },
  {
    when: "the record has the host's IPv4 address only",
    world: { zone: zoneWith("v=spf1 ip4:192.0.2.1 -all", hosts) },
    outcome: "warning",
    evidence: /Mail from mx\.example\.com \[2001:db8::1\] does not pass/,
    remedy: /TXT "v=spf1 mx ip4:192\.0\.2\.1 -all"/,
  },
  {
    when: "the stack's own host may not send",
    world: { zone: zoneWith("v=spf1 a:old.example.com -all", hosts), expected },
    outcome: "failed",
    evidence: /fail by -all of example\.com/,
    remedy: /TXT "v=spf1 mx a:old\.example\.com -all"/,
  },
  {
    when: "mx is there and turns away",
    world: { zone: zoneWith("v=spf1 ~mx -all", hosts) },
    outcome: "warning",
    remedy: /"v=spf1 ip4:192\.0\.2\.1 ip6:2001:db8::1 ~mx -all"/,
  },
  {
    when: "the domain itself takes the mail, without MX records, for which mx would mean nothing",
    world: async () => ({
      zone: zoneWith("v=spf1 -all", { "example.com A": ["192.0.2.1"] }),
      listeners: { "192.0.2.1:25": await smtpServer() },
    }),
    outcome: "warning",
    remedy: /"v=spf1 ip4:192\.0\.2\.1 -all"/,
  },
  {
    when: "receivers give up, which is another check's",
    world: { zone: zoneWith("v=spf1 include:example.net -all", hosts) },
    outcome: "not-applicable",
  },
  {
    when: "the domain does no mail",
    world: { zone: zoneWith("v=spf1 -all", { "example.com MX": ["0 ."] }) },
    outcome: "not-applicable",
  },
  {
    when: "name servers are broken on the way",
    world: { zone: zoneWith("v=spf1 include:example.net -all", hosts), broken: ["example.net"] },
    outcome: "not-checked",
  },
]);
