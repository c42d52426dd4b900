import { reputationAddress } from "../../../../verify/checks/reputation/address";
import { describeCheck } from "../support/world";
import { goodZone, testEntries } from "./good-zone";

const { "2.0.0.127.psbl.surriel.com A": _, ...withoutPsbl } = goodZone;
const withoutLists = Object.fromEntries(Object.entries(goodZone).filter(([name]) => !(name in testEntries)));
const refusing = Object.fromEntries(Object.keys(testEntries).map((name) => [name, ["127.255.255.254"]]));
const nibbles = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2";

describeCheck(reputationAddress, [
  {
    when: "no list knows the addresses",
    world: { zone: goodZone },
    outcome: "passed",
    evidence:
      /^203\.0\.113\.25 is not listed by zen\.spamhaus\.org, b\.barracudacentral\.org, bl\.spamcop\.net.*\n2001:db8::1 is not listed by zen\.spamhaus\.org\.$/,
  },
  {
    when: "Spamhaus lists the address as an infected host",
    world: { zone: { ...goodZone, "25.113.0.203.zen.spamhaus.org A": ["127.0.0.4"] } },
    outcome: "failed",
    evidence: /^203\.0\.113\.25 is listed by zen\.spamhaus\.org: XBL/,
    remedy: /check\.spamhaus\.org/,
  },
  {
    when: "Spamhaus lists the IPv6 address",
    world: { zone: { ...goodZone, [`${nibbles}.zen.spamhaus.org A`]: ["127.0.0.3"] } },
    outcome: "failed",
    evidence: /^2001:db8::1 is listed by zen\.spamhaus\.org: CSS/,
  },
  {
    when: "a list that few receivers heed has the address",
    world: { zone: { ...goodZone, "25.113.0.203.dnsbl-1.uceprotect.net A": ["127.0.0.2"] } },
    outcome: "warning",
    evidence: /uceprotect/,
  },
  {
    when: "Spamhaus refuses to answer a public resolver",
    world: {
      zone: {
        ...goodZone,
        "2.0.0.127.zen.spamhaus.org A": ["127.255.255.254"],
        "1.0.0.127.zen.spamhaus.org A": ["127.255.255.254"],
        "25.113.0.203.zen.spamhaus.org A": ["127.255.255.254"],
      },
    },
    outcome: "passed",
    evidence:
      /not listed by b\.barracuda.*\n2001:db8::1 was not asked for\.\nNot asked: zen\.spamhaus\.org refuses this resolver with 127\.255\.255\.254/,
  },
  {
    when: "a list refuses only what matters",
    world: { zone: { ...goodZone, "25.113.0.203.zen.spamhaus.org A": ["127.255.255.255"] } },
    outcome: "passed",
    evidence: /Not asked: zen\.spamhaus\.org refuses/,
  },
  {
    when: "a list is silent about its test entry",
    world: { zone: withoutPsbl },
    outcome: "passed",
    evidence: /Not asked: psbl\.surriel\.com does not answer for its test entry/,
  },
  {
    when: "a list that was given up lists the whole world",
    world: {
      zone: {
        ...goodZone,
        "1.0.0.127.psbl.surriel.com A": ["127.0.0.2"],
        "25.113.0.203.psbl.surriel.com A": ["127.0.0.2"],
      },
    },
    outcome: "passed",
    evidence: /psbl\.surriel\.com lists whatever is asked for/,
  },
  {
    when: "someone else has a list's domain now",
    world: { zone: { ...goodZone, "2.0.0.127.psbl.surriel.com A": ["198.51.100.80"] } },
    outcome: "passed",
    evidence: /psbl\.surriel\.com answers 198\.51\.100\.80, which means nothing/,
  },
  {
    when: "the lists do not exist in this network",
    world: { zone: withoutLists },
    outcome: "not-checked",
    evidence: /No list can be asked/,
    remedy: /--resolver 127\.0\.0\.1.*check\.spamhaus\.org/,
  },
  { when: "all lists refuse", world: { zone: { ...goodZone, ...refusing } }, outcome: "not-checked" },
  {
    when: "the resolver gives no answer for any list",
    world: { zone: goodZone, unanswered: ["org", "net", "surriel.com"] },
    outcome: "not-checked",
    evidence: /zen\.spamhaus\.org gives no answer/,
  },
  {
    when: "the address is a private one, which is another check's",
    world: {
      zone: { ...testEntries, "example.com MX": ["10 mx.example.com"], "mx.example.com A": ["10.0.0.1"] },
    },
    outcome: "not-applicable",
  },
]);
