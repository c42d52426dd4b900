import { dmarcExternal } from "../../../../verify/checks/dmarc/external";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const permission = "example.com._report._dmarc.reports.example.net";
const zone = (more: Readonly<Record<string, readonly string[]>> = {}) =>
  zoneWith("v=DMARC1; p=reject; rua=mailto:a@example.com,mailto:b@reports.example.net", {
    "reports.example.net MX": ["10 mx.example.net"],
    ...more,
  });

describeCheck(dmarcExternal, [
  {
    when: "the other host agrees",
    world: { zone: zone({ [`${permission} TXT`]: ["v=DMARC1"] }) },
    outcome: "passed",
    evidence: /reports\.example\.net/,
  },
  {
    when: "it agrees, with other records beside that",
    world: {
      zone: zone({
        [`${permission} TXT`]: ["v=spf1 -all", "v=DMARC1;", "v=DMARC1; rua=mailto:c@reports.example.net"],
      }),
    },
    outcome: "passed",
  },
  {
    when: "it says nothing",
    world: { zone: zone() },
    outcome: "failed",
    evidence: /^reports\.example\.net does not agree to take the reports for mailto:b@reports\.example\.net/,
    remedy: /\nexample\.com\._report\._dmarc\.reports\.example\.net\. TXT "v=DMARC1"$/,
  },
  {
    when: "a wildcard answers there with something else",
    world: { zone: zone({ [`${permission} TXT`]: ["v=spf1 -all"] }) },
    outcome: "failed",
  },
  {
    when: "it sends them on to a third host",
    world: { zone: zone({ [`${permission} TXT`]: ["v=DMARC1; rua=mailto:c@example.org"] }) },
    outcome: "failed",
    evidence: /on to example\.org/,
  },
  {
    when: "the report host is below the domain itself",
    world: {
      zone: zoneWith("v=DMARC1; p=reject; rua=mailto:a@reports.example.com", {
        "reports.example.com A": ["192.0.2.1"],
      }),
    },
    outcome: "not-applicable",
  },
  {
    when: "the domain and the report host are below the same head",
    world: {
      domain: "a.example.com",
      zone: zoneWith("v=DMARC1; p=reject", {
        "_dmarc.a.example.com TXT": ["v=DMARC1; p=reject; rua=mailto:x@b.example.com"],
        "b.example.com MX": ["10 mx.example.com"],
      }),
    },
    outcome: "not-applicable",
  },
  {
    when: "the host gets no mail at all, which is another check's",
    world: { zone: zoneWith("v=DMARC1; p=reject; rua=mailto:a@example.net") },
    outcome: "not-applicable",
  },
  {
    when: "the other host's name servers are broken",
    world: { zone: zone(), broken: [permission] },
    outcome: "not-checked",
    evidence: /SERVFAIL/,
  },
]);
