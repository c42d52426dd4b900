import { internals } from "../../../../verify/access/internals";
import { accessExposed } from "../../../../verify/checks/access/exposed";
import { lineServer } from "../support/line-server";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, mailZone, submission } from "./support/host";

const silent = () => lineServer({ answer: () => undefined });

describeCheck(accessExposed, [
  {
    when: "nothing internal answers",
    world: () => hostWith(goodPorts()),
    outcome: "passed",
    evidence: /192\.0\.2\.10/,
  },
  {
    when: "the firewall drops what it does not know",
    world: () => hostWith(Object.fromEntries(internals.map(({ port }) => [port, "timeout" as const]))),
    outcome: "passed",
  },
  ...internals
    .filter(({ smtp }) => !smtp)
    .map(({ port, what }) => ({
      when: `${what} answers on ${port}`,
      world: () => hostWith({ ...goodPorts(), [port]: silent() }),
      outcome: "failed" as const,
      evidence: new RegExp(`An internal service answers .*\n192\\.0\\.2\\.10 port ${port}: .*`),
      remedy: /127\.0\.0\.1/,
    })),
  {
    when: "one says what it is",
    world: () => hostWith({ 24: lineServer({ greeting: "220 mail LMTP\u0007", answer: () => undefined }) }),
    outcome: "failed",
    evidence: /says: 220 mail LMTP\)/,
  },
  {
    when: "the host's IPv6 address has no firewall",
    world: async () =>
      hostWith(goodPorts(), {
        zone: { ...mailZone, "mail.example.com AAAA": ["2001:db8::10"] },
        listeners: { "[2001:db8::10]:6379": await silent() },
      }),
    outcome: "failed",
    evidence: /2001:db8::10 port 6379/,
  },
  {
    when: "2525 is a submission port that relays for nobody",
    world: () => hostWith({ ...goodPorts(), 2525: submission() }),
    outcome: "passed",
  },
  {
    when: "10025 takes mail for everyone",
    world: () =>
      hostWith({
        ...goodPorts(),
        10025: submission({ override: () => undefined, recipient: () => "250 2.1.5 Ok" }),
      }),
    outcome: "failed",
    evidence: /10025: SMTP behind the filter/,
  },
  {
    when: "a wrapper closes every connection at once",
    world: () =>
      hostWith({
        6379: lineServer({ answer: () => undefined }).then((server) =>
          server.on("connection", (socket) => socket.end()),
        ),
      }),
    outcome: "passed",
  },
  {
    when: "something on the way takes every connection",
    world: () =>
      hostWith(Object.fromEntries([6, ...internals.map(({ port }) => port)].map((port) => [port, silent()]))),
    outcome: "not-checked",
    evidence: /every port/,
  },
  {
    when: "the mail host is someone else's",
    world: {
      zone: { "example.com MX": ["10 mx.example.net"], "mx.example.net A": ["192.0.2.77"] },
    },
    outcome: "not-applicable",
    evidence: /mx\.example\.net/,
  },
]);
