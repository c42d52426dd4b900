import { daneValid } from "../../../../verify/checks/dane/valid";
import { trusted } from "../support/https-server";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { daneWorld, digest, good, next, selected, within } from "./support";

const authority = (_: string, root: string) => [`2 1 1 ${digest(root)}`];

describeCheck(daneValid, [
  {
    when: "a record is of the key in use",
    world: () => daneWorld({ records: good }),
    outcome: "passed",
    evidence: /mx\.example\.com \(192\.0\.2\.1\): _25\._tcp\.mx\.example\.com\. TLSA 3 1 1/,
  },
  {
    when: "a record is of the key, whatever name and date the certificate has",
    world: () => daneWorld({ records: good, names: ["other.example.com"], expired: true }),
    outcome: "passed",
  },
  ...(["3 0 1", "3 1 2", "3 0 2", "3 1 0", "3 0 0"] as const).map((form) => ({
    when: `a record of the form ${form} is of the certificate in use`,
    world: () =>
      daneWorld({
        records: (cert) => {
          const [, selector, matching] = form.split(" ").map(Number);
          const algorithm = matching === 2 ? "sha512" : "sha256";
          const data =
            matching === 0
              ? selected(cert, selector ?? 0).toString("hex")
              : digest(cert, selector, algorithm);
          return [next, `${form} ${data}`];
        },
      }),
    outcome: "passed" as const,
  })),
  {
    when: "the records are of other keys",
    world: () => daneWorld({ records: () => [next, `3 1 1 ${"cd".repeat(32)}`] }),
    outcome: "failed",
    evidence: /No TLSA record vouches for mx\.example\.com \(192\.0\.2\.1\), whose key is 3 1 1 [0-9a-f]{64}/,
    remedy: /publish _25\._tcp\.mx\.example\.com\. TLSA 3 1 1 [0-9a-f]{64}/,
  },
  {
    when: "one of the host's addresses has another key",
    world: async () => {
      const { root: _, ...tls } = await trusted({ names: ["mx.example.com"] });
      const stale = await smtpServer({ tls });
      return daneWorld({
        records: good,
        zone: { "mx.example.com AAAA": ["2001:db8::1"] },
        world: { listeners: { "[2001:db8::1]:25": stale } },
      });
    },
    outcome: "failed",
    evidence: /mx\.example\.com \(2001:db8::1\)/,
  },
  {
    when: "a record is of the authority, which the server sends",
    world: () => daneWorld({ records: authority, sendsRoot: true }),
    outcome: "passed",
  },
  {
    when: "a record is of the authority, and the certificate for the domain alone",
    world: () => daneWorld({ records: authority, sendsRoot: true, names: ["example.com"] }),
    outcome: "passed",
  },
  {
    when: "a record holds the whole authority",
    world: () => daneWorld({ records: (_, root) => [`2 0 0 ${selected(root, 0).toString("hex")}`] }),
    outcome: "passed",
  },
  {
    when: "a record is of the authority, which the server does not send",
    world: () => daneWorld({ records: authority }),
    outcome: "failed",
    evidence: /authority whose certificate the server does not send/,
  },
  {
    when: "a record is of the authority, and the certificate for another name",
    world: () => daneWorld({ records: authority, sendsRoot: true, names: ["other.example.net"] }),
    outcome: "failed",
  },
  {
    when: "a record is of the authority, and the certificate has expired",
    world: () => daneWorld({ records: authority, sendsRoot: true, expired: true }),
    outcome: "failed",
  },
  {
    when: "the mail host is an alias, which is another check's",
    world: () =>
      daneWorld({
        records: good,
        zone: { "example.com MX": ["10 alias.example.com"], "alias.example.com CNAME": ["mx.example.com"] },
      }),
    outcome: "passed",
  },
  {
    when: "port 25 is blocked here",
    world: () => daneWorld({ records: good, world: { listeners: { "192.0.2.1:25": "timeout" } } }),
    outcome: "not-checked",
  },
  {
    when: "the mail host does not offer STARTTLS, which is another check's",
    world: () => daneWorld({ records: good, smtp: { tls: undefined } }),
    outcome: "not-applicable",
  },
  {
    when: "nobody heeds the records, because they are not signed",
    world: () => daneWorld({ records: () => [next], world: { security: within("example.com", "insecure") } }),
    outcome: "not-applicable",
  },
  {
    when: "no record can be used, which is another check's",
    world: () => daneWorld({ records: () => [`1 1 1 ${"ab".repeat(32)}`] }),
    outcome: "not-applicable",
  },
  {
    when: "the resolver does not validate",
    world: () => daneWorld({ records: () => [next], world: { security: () => "unknown", validates: false } }),
    outcome: "failed",
  },
]);
