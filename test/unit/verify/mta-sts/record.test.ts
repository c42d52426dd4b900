import { mtaStsRecord } from "../../../../verify/checks/mta-sts/record";
import { describeCheck } from "../support/world";
import { zone } from "./support";

const withTxt = (...texts: string[]) => ({ zone: { ...zone, "_mta-sts.example.com TXT": texts } });

describeCheck(mtaStsRecord, [
  { when: "the record is right", world: withTxt("v=STSv1; id=20261124T000000;"), outcome: "passed" },
  {
    when: "something else is there too",
    world: withTxt("v=spf1 -all", "v=STSv1; id=1"),
    outcome: "passed",
  },
  {
    when: "there are two",
    world: withTxt("v=STSv1; id=1", "v=STSv1; id=2"),
    outcome: "failed",
    evidence: /2 MTA-STS records.*id=1".*id=2"/s,
  },
  {
    when: "the id is a SHA-1 of 40 characters",
    world: withTxt(`v=STSv1; id=${"a1".repeat(20)}`),
    outcome: "failed",
    evidence: /id= has 40 characters, 32 are allowed/,
    remedy: /_mta-sts\.example\.com\. TXT "v=STSv1; id=20261124120000"/,
  },
  {
    when: "the id has characters that it must not have",
    world: withTxt("v=STSv1; id=2026-11-24"),
    outcome: "failed",
    evidence: /letters and digits/,
  },
  { when: "there is no id", world: withTxt("v=STSv1;"), outcome: "failed", evidence: /no id=/ },
  {
    when: "a semicolon is missing",
    world: withTxt("v=STSv1 id=1"),
    outcome: "failed",
    evidence: /does not begin with v=STSv1;/,
  },
  {
    when: "there is no record",
    world: { zone: { "example.com MX": ["10 mx.example.com"] } },
    outcome: "not-applicable",
  },
]);
