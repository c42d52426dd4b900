import { mtaStsExists } from "../../../../verify/checks/mta-sts/exists";
import { describeCheck } from "../support/world";
import { zone } from "./support";

const withTxt = (...texts: string[]) => ({ ...zone, "_mta-sts.example.com TXT": texts });

describeCheck(mtaStsExists, [
  { when: "there is a record", world: { zone }, outcome: "passed", evidence: /v=STSv1; id=20261124T000000/ },
  {
    when: "there is a record, however broken",
    world: { zone: withTxt("v=STSv1 id=1") },
    outcome: "passed",
  },
  {
    when: "the record is elsewhere, at the end of an alias",
    world: {
      zone: {
        ...withTxt(),
        "_mta-sts.example.com CNAME": ["sts.example.net"],
        "sts.example.net TXT": ["v=STSv1; id=1"],
      },
    },
    outcome: "passed",
  },
  {
    when: "there is none",
    world: { zone: withTxt() },
    outcome: "warning",
    evidence: /no such record at _mta-sts\.example\.com/,
    remedy: /mx: mx\.example\.com.*_mta-sts\.example\.com\. TXT "v=STSv1; id=20261124120000"$/,
  },
  { when: "only a wildcard answers", world: { zone: withTxt("v=spf1 -all") }, outcome: "warning" },
  {
    when: "the domain receives no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
  {
    when: "the name servers fail for it",
    world: { zone, broken: ["_mta-sts.example.com"] },
    outcome: "not-checked",
    evidence: /SERVFAIL/,
  },
]);
