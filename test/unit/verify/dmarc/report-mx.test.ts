import { dmarcReportMx } from "../../../../verify/checks/dmarc/report-mx";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const reportsTo = (host: string, more: Readonly<Record<string, readonly string[]>>) =>
  zoneWith(`v=DMARC1; p=reject; rua=mailto:a@${host}`, more);

describeCheck(dmarcReportMx, [
  {
    when: "the report host has an MX record",
    world: { zone: reportsTo("example.net", { "example.net MX": ["10 mx.example.net"] }) },
    outcome: "passed",
  },
  {
    when: "it has an address only",
    world: { zone: reportsTo("example.net", { "example.net AAAA": ["2001:db8::1"] }) },
    outcome: "passed",
  },
  {
    when: "it does not exist",
    world: { zone: reportsTo("exmaple.net", {}) },
    outcome: "failed",
    evidence: /mailto:a@exmaple\.net: exmaple\.net receives none/,
  },
  {
    when: "it takes no mail",
    world: { zone: reportsTo("example.net", { "example.net MX": ["0 ."], "example.net A": ["192.0.2.1"] }) },
    outcome: "failed",
  },
  {
    when: "the domain has its own reports sent to itself, and does no mail",
    world: { zone: reportsTo("example.com", { "example.com MX": ["0 ."] }) },
    outcome: "failed",
  },
  {
    when: "the domain's own MX is missing, which is another check's",
    world: { zone: reportsTo("example.com", {}) },
    outcome: "not-applicable",
  },
  {
    when: "no reports are asked for",
    world: { zone: zoneWith("v=DMARC1; p=reject") },
    outcome: "not-applicable",
  },
  {
    when: "the report host's name servers are broken",
    world: { zone: reportsTo("example.net", {}), broken: ["example.net"] },
    outcome: "not-checked",
  },
]);
