import { spfIncludes } from "../../../../verify/checks/spf/includes";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const including = (...records: string[]) =>
  zoneWith("v=spf1 include:example.net -all", records.length > 0 ? { "example.net TXT": records } : {});

describeCheck(spfIncludes, [
  {
    when: "what it includes has a record",
    world: { zone: including("v=spf1 mx -all", "other=1") },
    outcome: "passed",
  },
  {
    when: "what it includes has none",
    world: { zone: including() },
    outcome: "failed",
    evidence: /include:example\.net of example\.com is broken: example\.net has no SPF record/,
    remedy: /Take include:example\.net out of the SPF record of example\.com/,
  },
  {
    when: "what it includes has two",
    world: { zone: including("v=spf1 mx", "v=spf1 a") },
    outcome: "failed",
    evidence: /has 2/,
  },
  {
    when: "what it includes is malformed",
    world: { zone: including("v=spf1 ip4:1.2.3 ?all") },
    outcome: "failed",
    evidence: /the record of example\.net is malformed, at character 8/,
  },
  {
    when: "what that redirects to has none",
    world: { zone: including("v=spf1 redirect=_spf.%{d}") },
    outcome: "failed",
    evidence: /redirect=_spf\.%\{d\} of example\.net is broken: _spf\.example\.net has no SPF record/,
  },
  { when: "it includes nothing", world: { zone: zoneWith("v=spf1 mx -all") }, outcome: "not-applicable" },
  {
    when: "the sender decides what is included",
    world: { zone: zoneWith("v=spf1 include:%{i}.example.net -all") },
    outcome: "not-applicable",
  },
  {
    when: "the name servers of what it includes are broken",
    world: { zone: including(), broken: ["example.net"] },
    outcome: "not-checked",
  },
]);
