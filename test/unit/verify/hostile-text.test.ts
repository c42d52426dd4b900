import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../../verify/account/header";
import { parseIssuer, problemOf } from "../../../verify/caa/record";
import { parseAutoconfig, parseAutodiscover } from "../../../verify/discovery/settings";
import { isMeantAsKey, parseKeyRecord } from "../../../verify/dkim/key-record";
import { isDmarc, isMeantAsDmarc, parseDmarc } from "../../../verify/dmarc/record";
import { parseStsPolicy } from "../../../verify/mta-sts/policy";
import { isMeantAsStsRecord, parseStsRecord } from "../../../verify/mta-sts/record";
import { misnamed } from "../../../verify/mx/records";
import type { Report } from "../../../verify/report";
import { html } from "../../../verify/report/html";
import { text } from "../../../verify/report/text";
import { looksGenerated } from "../../../verify/reverse/generated-name";
import { verdict } from "../../../verify/smtp/reply";
import { isMeantAsSpf, parseSpf } from "../../../verify/spf/record";
import { parseTagList } from "../../../verify/tag-list";
import { isMeantAsTlsRptRecord, parseTlsRptRecord } from "../../../verify/tls-rpt/record";

/** What a stranger may send: a web server's answer, or a DNS answer by TCP. */
const length = 64 * 1024;
/** Milliseconds of the processor for one text; time in proportion to its length is some ten. */
const patience = 1000;

const units = [
  ...[" ", "\t", "a", "1", "-", ".", "=", ";", ":", "/", "!", "@", '"', "\\", "[", "<", "%", "%{", ","],
  ...[
    "v-",
    "a.",
    "1.",
    "[1",
    "!1",
    "/1",
    "@a",
    "%{i",
    "a ",
    "v =",
    "p=",
    ": ",
    "; ",
    "<a>",
    '"a',
    "a:",
    "\n ",
  ],
];
const ends = ["", "\rx", "x", "!", "]"];

/** Each reader of strangers' texts, with beginnings after which it reads on. */
const readers: readonly [string, readonly string[], (text: string) => unknown][] = [
  ["tags", ["", "v=", "v=a; b"], parseTagList],
  ["SPF", ["", "v=spf1 ", "v=spf1 include:"], (all) => [isMeantAsSpf(all), parseSpf(all)]],
  ["DKIM", ["", "v=DKIM1; p="], (all) => [isMeantAsKey(all), parseKeyRecord(all)]],
  [
    "DMARC",
    ["", "v=DMARC1; p=none; rua=", "v=DMARC1; rua=mailto:"],
    (all) => [isDmarc(all), isMeantAsDmarc(all), parseDmarc(all)],
  ],
  ["MTA-STS records", ["", "v=STSv1; id="], (all) => [isMeantAsStsRecord(all), parseStsRecord(all)]],
  ["MTA-STS policies", ["", "version:", "mx: "], parseStsPolicy],
  [
    "TLS reports",
    ["", "v=TLSRPTv1; rua=", "v=TLSRPTv1; rua=mailto:"],
    (all) => [isMeantAsTlsRptRecord(all), parseTlsRptRecord(all)],
  ],
  [
    "CAA",
    ["", "ca.example;", "mailto:"],
    (value) => [
      parseIssuer(value),
      ...["issue", "iodef", "issuemail"].map((tag) => problemOf({ flags: 0, tag, value })),
    ],
  ],
  ["names", [""], (name) => [misnamed(name), looksGenerated(name, "192.0.2.1")]],
  ["replies", ["", "5.7.1 "], (line) => verdict({ code: 550, lines: [line] })],
  ["messages", ["", "received: "], (source) => fieldsOf(Buffer.from(source))],
  ["reports", ["", 'a. TXT "'], (evidence) => [html([report(evidence)]), text([report(evidence)])]],
  [
    "settings",
    ["", "<clientConfig>", "<clientConfig a="],
    (xml) => [parseAutoconfig(xml, "example.com"), parseAutodiscover(xml)],
  ],
];

function report(evidence: string): Report {
  const check = {
    id: "spf-all",
    title: "A check",
    severity: "low",
    outcome: "failed",
    source: "RFC 7208",
  } as const;
  return {
    domain: "example.com",
    started: "2026-11-24T12:00:00Z",
    seconds: 1,
    resolver: "the test's",
    checks: [{ ...check, evidence, remedy: evidence }],
  };
}

const hostile = (beginning: string, unit: string, end: string, size: number) =>
  beginning + unit.repeat(Math.ceil(size / unit.length)) + end;

/** The texts that take too long; what takes cubic time is found among short ones. */
function slow(beginnings: readonly string[], read: (text: string) => unknown): readonly string[] {
  for (const size of [4096, length]) {
    const found = beginnings.flatMap((beginning) =>
      units.flatMap((unit) =>
        ends.flatMap((end) => {
          const since = process.cpuUsage();
          read(hostile(beginning, unit, end, size));
          return process.cpuUsage(since).user / 1000 < patience
            ? []
            : [JSON.stringify([beginning, unit, end])];
        }),
      ),
    );
    if (found.length > 0) return found;
  }
  return [];
}

describe("a long text of a stranger's", () => {
  for (const [what, beginnings, read] of readers)
    it(`is read in bounded time: ${what}`, { timeout: 120_000 }, () => {
      expect(slow(beginnings, read)).toEqual([]);
    });
});
