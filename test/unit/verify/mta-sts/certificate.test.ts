import { mtaStsCertificate } from "../../../../verify/checks/mta-sts/certificate";
import { trusted } from "../support/https-server";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { policyBut, stsWorld, zone } from "./support";

describeCheck(mtaStsCertificate, [
  {
    when: "the mail host has a trusted certificate for its name",
    world: () => stsWorld(),
    outcome: "passed",
    evidence: /mx\.example\.com \(192\.0\.2\.1\)/,
  },
  {
    when: "the mail host's certificate is for another name",
    world: () => stsWorld({ mailNames: ["mail.example.com"] }),
    outcome: "failed",
    evidence:
      /certificate of mx\.example\.com \(192\.0\.2\.1\) is for mail\.example\.com, not for mx\.example\.com/,
    remedy: /smtpd_tls_chain_files/,
  },
  {
    when: "the mail host's certificate has expired",
    world: () => stsWorld({ mailExpired: true }),
    outcome: "failed",
    evidence: /expired on 2026-11-02/,
  },
  {
    when: "the certificate is for another name while the policy is tried out",
    world: () => stsWorld({ mailNames: ["mail.example.com"], policy: policyBut("enforce", "testing") }),
    outcome: "warning",
  },
  {
    when: "one of the host's addresses has another certificate",
    world: async () => {
      const stale = await smtpServer({ tls: await trusted({ names: ["old.example.com"] }) });
      return stsWorld({
        world: {
          zone: { ...zone, "mx.example.com AAAA": ["2001:db8::1"] },
          listeners: { "[2001:db8::1]:25": stale },
        },
      });
    },
    outcome: "failed",
    evidence: /mx\.example\.com \(2001:db8::1\) is for old\.example\.com/,
  },
  {
    when: "one of the host's addresses can't be reached from here",
    world: () =>
      stsWorld({
        world: {
          zone: { ...zone, "mx.example.com AAAA": ["2001:db8::1"] },
          listeners: { "[2001:db8::1]:25": "no-route" },
        },
      }),
    outcome: "passed",
    evidence: /Not checked: There is no way from here to 2001:db8::1/,
  },
  {
    when: "port 25 is blocked here",
    world: () => stsWorld({ world: { listeners: { "192.0.2.1:25": "timeout" } } }),
    outcome: "not-checked",
  },
  {
    when: "the mail host does not offer STARTTLS, which is another check's",
    world: () => stsWorld({ mailNames: [] }),
    outcome: "not-applicable",
  },
  {
    when: "the mail host is an alias of one with a good certificate, which is another check's",
    world: () =>
      stsWorld({
        world: {
          zone: {
            ...zone,
            "example.com MX": ["10 alias.example.com"],
            "alias.example.com CNAME": ["mx.example.com"],
          },
        },
      }),
    outcome: "passed",
  },
  {
    when: "the mail host is an alias, and policy and certificate are for the alias, as senders want it",
    world: () =>
      stsWorld({
        mailNames: ["alias.example.com"],
        policy: policyBut("mx: mx.example.com", "mx: alias.example.com"),
        world: {
          zone: {
            ...zone,
            "example.com MX": ["10 alias.example.com"],
            "alias.example.com CNAME": ["canon.example.net"],
            "canon.example.net A": ["192.0.2.1"],
          },
        },
      }),
    outcome: "passed",
    evidence: /alias\.example\.com \(192\.0\.2\.1\)/,
  },
  {
    when: "the mail host is an alias, and the certificate is for neither name",
    world: () =>
      stsWorld({
        mailNames: ["other.example.com"],
        world: {
          zone: {
            ...zone,
            "example.com MX": ["10 alias.example.com"],
            "alias.example.com CNAME": ["mx.example.com"],
          },
        },
      }),
    outcome: "failed",
    evidence: /for other\.example\.com, not for alias\.example\.com/,
  },
  {
    when: "the policy is for another host, which is another check's",
    world: () => stsWorld({ policy: policyBut("mx: mx", "mx: mail"), mailNames: ["mail.example.com"] }),
    outcome: "not-applicable",
  },
]);
