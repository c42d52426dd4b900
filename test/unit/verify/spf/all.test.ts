import { spfAll } from "../../../../verify/checks/spf/all";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const nullMx = { "example.com MX": ["0 ."] };

describeCheck(spfAll, [
  { when: "it ends in -all", world: { zone: zoneWith("v=spf1 mx -all") }, outcome: "passed" },
  { when: "it ends in ~ALL", world: { zone: zoneWith("v=spf1 mx ~ALL") }, outcome: "passed" },
  {
    when: "what it redirects to ends in -all",
    world: {
      zone: zoneWith("v=spf1 redirect=_spf.example.com", { "_spf.example.com TXT": ["v=spf1 mx -all"] }),
    },
    outcome: "passed",
  },
  {
    when: "it ends in +all",
    world: { zone: zoneWith("v=spf1 mx +all") },
    outcome: "failed",
    evidence: /\+all of example\.com/,
    remedy: /TXT "v=spf1 mx -all"/,
  },
  {
    when: "it is nothing but all",
    world: { zone: zoneWith("v=spf1 all") },
    outcome: "failed",
    remedy: /"v=spf1 mx -all"/,
  },
  {
    when: "what it includes lets everybody pass",
    world: { zone: zoneWith("v=spf1 include:example.net -all", { "example.net TXT": ["v=spf1 +all"] }) },
    outcome: "failed",
    evidence: /include:example\.net of example\.com lets any address pass/,
    remedy: /Take include:example\.net out of the SPF record of example\.com/,
  },
  {
    when: "every IPv4 address is in it",
    world: { zone: zoneWith("v=spf1 ip4:0.0.0.0/0 -all") },
    outcome: "failed",
  },
  {
    when: "half of IPv4 is in it",
    world: { zone: zoneWith("v=spf1 ip4:0.0.0.0/1 -all") },
    outcome: "failed",
  },
  { when: "only IPv6 is open", world: { zone: zoneWith("v=spf1 ip6:::/0 -all") }, outcome: "failed" },
  {
    when: "it ends in ?all",
    world: { zone: zoneWith("v=spf1 mx ?all") },
    outcome: "warning",
    evidence: /\?all of example\.com/,
    remedy: /TXT "v=spf1 mx -all"/,
  },
  {
    when: "what it redirects to has no end",
    world: { zone: zoneWith("v=spf1 redirect=_spf.example.com", { "_spf.example.com TXT": ["v=spf1 mx"] }) },
    outcome: "warning",
    remedy: /End the SPF record of _spf\.example\.com/,
  },
  {
    when: "it has no end",
    world: { zone: zoneWith("v=spf1 mx") },
    outcome: "warning",
    evidence: /no term of example\.com matches/,
  },
  {
    when: "a domain without mail lets nobody send",
    world: { zone: zoneWith("v=spf1 -all", nullMx) },
    outcome: "passed",
  },
  {
    when: "a domain without mail lets a host send",
    world: {
      zone: zoneWith("v=spf1 a:mx.example.net -all", { ...nullMx, "mx.example.net A": ["192.0.2.1"] }),
    },
    outcome: "warning",
    remedy: /TXT "v=spf1 -all"/,
  },
  {
    when: "an include is broken, which is another check's",
    world: { zone: zoneWith("v=spf1 include:example.net ?all") },
    outcome: "not-applicable",
  },
  {
    when: "the name servers of an include are broken",
    world: { zone: zoneWith("v=spf1 include:example.net -all"), broken: ["example.net"] },
    outcome: "not-checked",
    evidence: /SERVFAIL/,
  },
]);
