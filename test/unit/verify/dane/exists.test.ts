import { daneExists } from "../../../../verify/checks/dane/exists";
import { describeCheck } from "../support/world";
import { daneWorld, good, within } from "./support";

const none = () => [];

describeCheck(daneExists, [
  {
    when: "the mail host has records",
    world: () => daneWorld({ records: good }),
    outcome: "passed",
    evidence: /\(2\)/,
  },
  {
    when: "it has none",
    world: () => daneWorld({ records: none }),
    outcome: "warning",
    evidence: /No TLSA record: mx\.example\.com/,
    remedy: /_25\._tcp\.mx\.example\.com\. TLSA 3 1 1 [0-9a-f]{64}/,
  },
  {
    when: "it has none, and can't be reached",
    world: () => daneWorld({ records: none, world: { listeners: { "192.0.2.1:25": "timeout" } } }),
    outcome: "warning",
    remedy: /TLSA 3 1 1 <SHA-256 of the key>/,
  },
  {
    when: "it has none, and the stack declares a key",
    world: () =>
      daneWorld({
        records: none,
        world: {
          expected: {
            hostname: "mx.example.com",
            addresses: [],
            records: [],
            hostKeySha256: "ab".repeat(32),
          },
        },
      }),
    outcome: "warning",
    remedy: /TLSA 3 1 1 (ab){32}/,
  },
  {
    when: "the backup host has none",
    world: () =>
      daneWorld({
        records: good,
        zone: {
          "example.com MX": ["10 mx.example.com", "20 backup.example.net"],
          "backup.example.net A": ["192.0.2.9"],
        },
      }),
    outcome: "warning",
    evidence: /No TLSA record: backup\.example\.net \(_25\._tcp\.backup\.example\.net\)\.$/,
  },
  {
    when: "the mail host is an alias of one with records",
    world: () =>
      daneWorld({
        records: good,
        zone: { "example.com MX": ["10 alias.example.com"], "alias.example.com CNAME": ["mx.example.com"] },
      }),
    outcome: "passed",
  },
  {
    when: "the name servers fail for TLSA",
    world: () => daneWorld({ records: none, world: { broken: ["_25._tcp.mx.example.com"] } }),
    outcome: "failed",
    evidence: /SERVFAIL when asked for _25\._tcp\.mx\.example\.com TLSA/,
  },
  {
    when: "the name servers of an unsigned zone fail for TLSA, which nobody asks for there",
    world: () =>
      daneWorld({
        records: none,
        world: { broken: ["_25._tcp.mx.example.com"], security: within("example.com", "insecure") },
      }),
    outcome: "warning",
    evidence: /No TLSA record: mx\.example\.com \(_25\._tcp\.mx\.example\.com: SERVFAIL\)/,
  },
  {
    when: "the proof that there is none does not validate, which is another check's",
    world: () => daneWorld({ records: none, world: { security: within("_tcp.mx.example.com", "bogus") } }),
    outcome: "passed",
  },
  {
    when: "the domain receives no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
]);
