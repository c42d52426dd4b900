import { spfSyntax } from "../../../../verify/checks/spf/syntax";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const long = `v=spf1 ${"ip4:192.0.2.1 ".repeat(28)}-all`;

describeCheck(spfSyntax, [
  { when: "the record is well formed", world: { zone: zoneWith("v=spf1 mx -all") }, outcome: "passed" },
  {
    when: "it has 400 characters in two strings, cut in the midst of a term",
    world: { zone: zoneWith(`"${long.slice(0, 255)}" "${long.slice(255)}"`) },
    outcome: "passed",
  },
  {
    when: "a term is misspelt",
    world: { zone: zoneWith("v=spf1 inclde:example.net -all") },
    outcome: "failed",
    evidence: /character 8: "inclde:example\.net" is no mechanism/,
  },
  {
    when: "two strings meet without a space",
    world: { zone: zoneWith('"v=spf1 mx" "include:example.net -all"') },
    outcome: "failed",
    evidence:
      /"mxinclude:example\.net".*is a space missing\?\nTwo strings of the record meet behind character 9/,
  },
  {
    when: "terms are separated by commas",
    world: { zone: zoneWith("v=spf1 mx, a, -all") },
    outcome: "failed",
    evidence: /"mx," is no mechanism.*\n.*"a,"/,
  },
  {
    when: "it has a byte that is no ASCII",
    world: { zone: zoneWith("v=spf1 a:m\u00fcller.example.com -all") },
    outcome: "failed",
    evidence: /U\+00FC/,
  },
  {
    when: "a term stands behind -all",
    world: { zone: zoneWith("v=spf1 mx -all include:example.net") },
    outcome: "warning",
    evidence: /include:example\.net stands behind "all"/,
  },
  {
    when: "a modifier is one that nobody knows",
    world: { zone: zoneWith("v=spf1 ip4=192.0.2.1 mx -all") },
    outcome: "warning",
    evidence: /"ip4=192\.0\.2\.1"/,
  },
  {
    when: "there are two records",
    world: { zone: { "example.com TXT": ["v=spf1 x", "v=spf1 y"] } },
    outcome: "not-applicable",
  },
]);
