import { discoverySrvTargets } from "../../../../verify/checks/discovery/srv-targets";
import { trusted } from "../support/https-server";
import { lineServer } from "../support/line-server";
import { smtpServer } from "../support/smtp-server";
import { describeCheck, type World } from "../support/world";
import { imapServer, userWorld } from "./support";

/** Users have a host of their own, mail.example.com at 192.0.2.5. */
async function ownHost(name = "mail.example.com", world: World = {}): Promise<World> {
  const { root: _, ...tls } = await trusted({ names: [name] });
  return userWorld({
    zone: {
      "_submissions._tcp.example.com SRV": ["0 1 465 mail.example.com"],
      "_imaps._tcp.example.com SRV": ["0 1 993 mail.example.com"],
      "mail.example.com A": ["192.0.2.5"],
    },
    world: {
      ...world,
      listeners: {
        "192.0.2.5:465": await smtpServer({ tls, implicitTls: true }),
        "192.0.2.5:993": await imapServer(tls),
        ...world.listeners,
      },
    },
  });
}

const also = (name: string, record: string) => ({ zone: { [`_${name}._tcp.example.com SRV`]: [record] } });

describeCheck(discoverySrvTargets, [
  {
    when: "the servers can be used",
    world: () => userWorld(),
    outcome: "passed",
    evidence: /mx\.example\.com port 993/,
  },
  { when: "a host of its own is for users", world: () => ownHost(), outcome: "passed" },
  {
    when: "port 587 is announced, and begins TLS",
    world: async () => {
      const { root: _, ...tls } = await trusted({ names: ["mx.example.com"] });
      return userWorld({
        ...also("submission", "0 1 587 mx.example.com"),
        world: { listeners: { "192.0.2.1:587": await smtpServer({ tls }) } },
      });
    },
    outcome: "passed",
    evidence: /port 587 \(SMTP with STARTTLS\)/,
  },
  {
    when: "a service is not offered, and the record says so",
    world: () => userWorld(also("pop3s", "0 0 0 .")),
    outcome: "passed",
  },
  {
    when: "a target has no address",
    world: () => userWorld(also("imaps", "0 1 993 nobody.example.com")),
    outcome: "failed",
    evidence: /^nobody\.example\.com has no address/,
    remedy: /SRV 0 0 0 \./,
  },
  {
    when: "a target's port is closed",
    world: () => userWorld(also("pop3s", "0 1 995 mx.example.com")),
    outcome: "failed",
    evidence: /mx\.example\.com port 995 \(192\.0\.2\.1\) is closed/,
  },
  {
    when: "a target's port does not answer, while others of the host do",
    world: () =>
      userWorld({
        ...also("pop3s", "0 1 995 mx.example.com"),
        world: { listeners: { "192.0.2.1:995": "timeout" } },
      }),
    outcome: "warning",
    evidence: /port 995 \(192\.0\.2\.1\) does not answer, while/,
  },
  {
    when: "a target takes the connection, and says nothing to the handshake",
    world: async () =>
      userWorld({
        ...also("pop3s", "0 1 995 mx.example.com"),
        world: { listeners: { "192.0.2.1:995": await lineServer({ answer: () => undefined }) } },
      }),
    outcome: "not-checked",
    evidence: /no handshake within 10 s/,
  },
  {
    when: "the users' host does not answer at all",
    world: () =>
      userWorld({
        zone: {
          "_imaps._tcp.example.com SRV": ["0 1 993 mail.example.com", "10 1 993 spare.example.com"],
          "mail.example.com A": ["192.0.2.5"],
          "spare.example.com A": ["192.0.2.6"],
        },
        world: {
          listeners: Object.fromEntries(
            ["192.0.2.5:993", ...[993, 465, 587].map((port) => `192.0.2.6:${port}`)].map(
              (at) => [at, "timeout"] as const,
            ),
          ),
        },
      }),
    outcome: "not-checked",
  },
  {
    when: "a target's certificate is for another name",
    world: () => ownHost("old.example.com"),
    outcome: "failed",
    evidence:
      /certificate of mail\.example\.com port 465 is for old\.example\.com, not for mail\.example\.com/,
  },
  {
    when: "the mail host's certificate is for another name, which is another check's",
    world: () => userWorld({ names: ["old.example.com"] }),
    outcome: "passed",
  },
  {
    when: "a target begins no TLS",
    world: async () =>
      userWorld({
        ...also("imap", "0 1 143 mx.example.com"),
        world: {
          listeners: {
            "192.0.2.1:143": await lineServer({ greeting: "* OK ready", answer: () => "a BAD unknown" }),
          },
        },
      }),
    outcome: "failed",
    evidence: /port 143 \(192\.0\.2\.1\) offers no TLS/,
  },
  {
    when: "mail in plain text is where TLS was announced",
    world: async () =>
      userWorld({
        ...also("pop3s", "0 1 995 mx.example.com"),
        world: {
          listeners: { "192.0.2.1:995": await lineServer({ greeting: "+OK ready", answer: () => "-ERR" }) },
        },
      }),
    outcome: "failed",
    evidence: /does not speak TLS as announced/,
  },
  {
    when: "a target is an alias",
    world: () =>
      userWorld({
        zone: {
          "_imaps._tcp.example.com SRV": ["0 1 993 imap.example.com"],
          "imap.example.com CNAME": ["mx.example.com"],
        },
        names: ["imap.example.com"],
      }),
    outcome: "warning",
    evidence: /^imap\.example\.com: an alias/,
  },
  {
    when: "the port for submission is closed, which is another check's",
    world: () => userWorld({ world: { listeners: { "192.0.2.1:465": "refused" } } }),
    outcome: "passed",
  },
  {
    when: "there are no records",
    world: () =>
      userWorld({ zone: { "_submissions._tcp.example.com SRV": [], "_imaps._tcp.example.com SRV": [] } }),
    outcome: "not-applicable",
  },
]);
