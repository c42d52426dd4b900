import { reputationDomain } from "../../../../verify/checks/reputation/domain";
import { describeCheck } from "../support/world";
import { goodZone, testEntries } from "./good-zone";

const withoutLists = Object.fromEntries(Object.entries(goodZone).filter(([name]) => !(name in testEntries)));

describeCheck(reputationDomain, [
  {
    when: "no list knows the domain",
    world: { zone: goodZone },
    outcome: "passed",
    evidence: /^example\.com is not listed by dbl\.spamhaus\.org, multi\.surbl\.org, multi\.uribl\.com\.$/,
  },
  {
    when: "Spamhaus lists it for phishing",
    world: { zone: { ...goodZone, "example.com.dbl.spamhaus.org A": ["127.0.1.4"] } },
    outcome: "failed",
    evidence: /^example\.com is listed by dbl\.spamhaus\.org: phishing\./,
    remedy: /check\.spamhaus\.org/,
  },
  {
    when: "SURBL lists it on two of its lists",
    world: { zone: { ...goodZone, "example.com.multi.surbl.org A": ["127.0.0.80"] } },
    outcome: "failed",
    evidence: /multi\.surbl\.org: malware, seen in spam/,
  },
  {
    when: "URIBL has it on the grey list",
    world: { zone: { ...goodZone, "example.com.multi.uribl.com A": ["127.0.0.4"] } },
    outcome: "warning",
    evidence: /grey/,
  },
  {
    when: "the domain above it is listed",
    world: {
      domain: "mail.example.com",
      zone: {
        ...goodZone,
        "mail.example.com A": ["203.0.113.25"],
        "example.com.dbl.spamhaus.org A": ["127.0.1.2"],
      },
    },
    outcome: "failed",
    evidence: /^example\.com is listed/,
  },
  {
    when: "URIBL refuses the resolver, by the address that it has for that",
    world: {
      zone: {
        ...goodZone,
        "test.uribl.com.multi.uribl.com A": ["127.0.0.1"],
        "example.com.multi.uribl.com A": ["127.0.0.1"],
      },
    },
    outcome: "passed",
    evidence: /Not asked: multi\.uribl\.com refuses this resolver with 127\.0\.0\.1/,
  },
  { when: "the lists do not exist in this network", world: { zone: withoutLists }, outcome: "not-checked" },
  { when: "the domain does not exist", world: { zone: testEntries }, outcome: "not-applicable" },
]);
