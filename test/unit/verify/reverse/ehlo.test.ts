import { reverseEhlo } from "../../../../verify/checks/reverse/ehlo";
import { lineServer } from "../support/line-server";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { at4, at6, goodZone, ptr4, ptr6 } from "./good-zone";

async function listening(hostname: string) {
  const server = await smtpServer({ hostname });
  return { [at4]: server, [at6]: server };
}

const alsoMail = {
  ...goodZone,
  "mail.example.com A": ["192.0.2.1"],
  "mail.example.com AAAA": ["2001:db8::1"],
};

describeCheck(reverseEhlo, [
  {
    when: "the server calls itself what its address is called",
    world: async () => ({ zone: goodZone, listeners: await listening("MX.example.com") }),
    outcome: "passed",
    evidence: /2001:db8::1 is mx\.example\.com both ways/,
  },
  {
    when: "it calls itself by another of its names",
    world: async () => ({ zone: alsoMail, listeners: await listening("mail.example.com") }),
    outcome: "warning",
    evidence: /192\.0\.2\.1 calls itself mail\.example\.com, and its PTR record says mx\.example\.com/,
    remedy: /"1\.2\.0\.192\.in-addr\.arpa\. PTR mail\.example\.com\."/,
  },
  {
    when: "it calls itself by a name that is not its own, which is another check's",
    world: async () => ({ zone: goodZone, listeners: await listening("localhost.localdomain") }),
    outcome: "not-applicable",
  },
  {
    when: "the address has no name that leads back, which is another check's",
    world: async () => ({
      zone: { ...goodZone, [ptr4]: [], [ptr6]: ["gone.example.net"] },
      listeners: await listening("mx.example.com"),
    }),
    outcome: "not-applicable",
  },
  {
    when: "the address has a generated name, which is another check's",
    world: async () => ({
      zone: {
        ...goodZone,
        [ptr4]: ["host-192-0-2-1.example.net"],
        [ptr6]: [],
        "host-192-0-2-1.example.net A": ["192.0.2.1"],
      },
      listeners: await listening("mx.example.com"),
    }),
    outcome: "not-applicable",
  },
  {
    when: "there is no IPv6 here, and over IPv4 all is well",
    world: async () => ({
      zone: goodZone,
      listeners: { ...(await listening("mx.example.com")), [at6]: "no-route" as const },
    }),
    outcome: "passed",
  },
  {
    when: "port 25 is blocked here",
    world: { zone: goodZone, listeners: { [at4]: "timeout", [at6]: "timeout" } },
    outcome: "not-checked",
    remedy: /port 25/,
  },
  {
    when: "the server does not speak SMTP",
    world: async () => {
      const server = await lineServer({ greeting: "SSH-2.0-OpenSSH_10.0", answer: () => undefined });
      return { zone: goodZone, listeners: { [at4]: server, [at6]: server } };
    },
    outcome: "not-checked",
  },
]);
