import { spfExists } from "../../../../verify/checks/spf/exists";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const ignored = (when: string, record: string, evidence: RegExp) => ({
  when,
  world: { zone: zoneWith(record) },
  outcome: "failed" as const,
  evidence,
  remedy: /example\.com\. TXT "v=spf1 mx -all"/,
});

describeCheck(spfExists, [
  { when: "there is a record", world: { zone: zoneWith("v=spf1 mx -all") }, outcome: "passed" },
  { when: "it is in upper case", world: { zone: zoneWith("V=SPF1 MX -ALL") }, outcome: "passed" },
  {
    when: "there is none",
    world: { zone: { "example.com TXT": ["google-site-verification=x"] } },
    outcome: "failed",
    remedy: /TXT "v=spf1 mx -all"/,
  },
  {
    when: "the stack declares one, and none is there",
    world: {
      zone: {},
      expected: {
        hostname: "mx.example.com",
        addresses: [],
        records: [{ name: "example.com", type: "TXT", value: "v=spf1 mx include:example.net -all" }],
      },
    },
    outcome: "failed",
    remedy: /include:example\.net/,
  },
  {
    when: "the domain does no mail, and does not say so",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "failed",
    remedy: /TXT "v=spf1 -all"/,
  },
  ignored("quotes were pasted with it", '"\\"v=spf1 mx -all\\""', /a quotation mark is part of it/),
  ignored("a space is before it", " v=spf1 mx -all", /does not begin with v=spf1/),
  ignored("two strings meet without a space", '"v=spf1" "mx -all"', /no space behind v=spf1/),
  ignored("a semicolon is behind the version", "v=spf1; mx -all", /no space behind v=spf1/),
  ignored("it is of another version", "v=spf2 mx -all", /does not begin with v=spf1/),
  {
    when: "the name servers are broken",
    world: { zone: {}, broken: ["example.com"] },
    outcome: "not-checked",
    evidence: /SERVFAIL/,
  },
]);
