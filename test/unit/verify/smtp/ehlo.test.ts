import { smtpEhlo } from "../../../../verify/checks/smtp/ehlo";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { at, mailHost } from "./support/world";

describeCheck(smtpEhlo, [
  { when: "it calls itself by its own name", world: mailHost(), outcome: "passed", evidence: /192\.0\.2\.1/ },
  {
    when: "it has another name that leads to it too",
    world: async () => {
      const world = at(await smtpServer({ hostname: "Host-7.example.net" }));
      return { ...world, zone: { ...world.zone, "host-7.example.net A": ["192.0.2.1"] } };
    },
    outcome: "passed",
  },
  {
    when: "it calls itself localhost",
    world: mailHost({ hostname: "localhost" }),
    outcome: "warning",
    evidence: /"localhost"/,
    remedy: /myhostname = mx\.example\.com/,
  },
  {
    when: "it calls itself by an address",
    world: mailHost({ hostname: "192.0.2.1" }),
    outcome: "warning",
    evidence: /no full host name/,
  },
  {
    when: "its name is not in DNS",
    world: mailHost({ hostname: "ip-10-0-0-7.ec2.internal" }),
    outcome: "warning",
    evidence: /resolves to nothing/,
    remedy: /ip-10-0-0-7\.ec2\.internal\. A 192\.0\.2\.1/,
  },
  {
    when: "its name leads to another host",
    world: async () => {
      const world = at(await smtpServer({ hostname: "www.example.com" }));
      return { ...world, zone: { ...world.zone, "www.example.com A": ["192.0.2.80"] } };
    },
    outcome: "warning",
    evidence: /192\.0\.2\.80/,
  },
  {
    when: "it does not know EHLO",
    world: mailHost({
      override: (command) => (command.startsWith("EHLO") ? "502 Not implemented" : undefined),
    }),
    outcome: "failed",
    evidence: /502 Not implemented/,
  },
]);
