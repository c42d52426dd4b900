import { dmarcExists } from "../../../../verify/checks/dmarc/exists";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const ignored = (when: string, record: string, evidence: RegExp) => ({
  when,
  world: { zone: zoneWith(record) },
  outcome: "failed" as const,
  evidence,
  remedy: /_dmarc\.example\.com\. TXT "v=DMARC1; p=quarantine; rua=mailto:postmaster@example\.com"/,
});

describeCheck(dmarcExists, [
  { when: "there is a record", world: { zone: zoneWith("v=DMARC1; p=none") }, outcome: "passed" },
  {
    when: "the record is at the end of a CNAME",
    world: {
      zone: {
        "_dmarc.example.com CNAME": ["x.dmarc.example.net"],
        "x.dmarc.example.net TXT": ["v=DMARC1; p=reject"],
      },
    },
    outcome: "passed",
  },
  {
    when: "the record is of the domain above",
    world: { domain: "mail.example.com", zone: zoneWith("v=DMARC1; p=reject") },
    outcome: "passed",
    evidence: /The policy of example\.com covers mail\.example\.com/,
  },
  {
    when: "there is none",
    world: { zone: { "example.com TXT": ["v=DMARC1; p=none"], "_dmarc.example.com TXT": ["v=spf1 -all"] } },
    outcome: "failed",
    remedy: /_dmarc\.example\.com\. TXT "v=DMARC1; p=quarantine/,
  },
  {
    when: "the stack declares one, and none is there",
    world: {
      zone: {},
      expected: {
        hostname: "mx.example.com",
        addresses: [],
        records: [{ name: "_dmarc.example.com", type: "TXT", value: "v=DMARC1; p=reject" }],
      },
    },
    outcome: "failed",
    remedy: /TXT "v=DMARC1; p=reject"/,
  },
  {
    when: "the domain does no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "failed",
    remedy: /TXT "v=DMARC1; p=reject"$/,
  },
  ignored("the version is in lower case", "v=dmarc1; p=reject", /DMARC1 is to be in upper case/),
  ignored("a semicolon is missing behind the version", "v=DMARC1 p=reject", /no semicolon behind v=DMARC1/),
  ignored("the version comes last", "p=reject; v=DMARC1", /does not begin with v=DMARC1;/),
  ignored("quotes were pasted with it", '"\\"v=DMARC1; p=reject\\""', /quotation mark/),
  {
    when: "the name servers are broken",
    world: { zone: {}, broken: ["_dmarc.example.com"] },
    outcome: "not-checked",
    evidence: /SERVFAIL/,
  },
]);
