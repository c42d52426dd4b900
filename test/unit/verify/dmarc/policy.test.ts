import { dmarcPolicy } from "../../../../verify/checks/dmarc/policy";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

describeCheck(dmarcPolicy, [
  { when: "forged mail is rejected", world: { zone: zoneWith("v=DMARC1; p=reject") }, outcome: "passed" },
  { when: "it goes to quarantine", world: { zone: zoneWith("v=DMARC1; p=Quarantine") }, outcome: "passed" },
  {
    when: "it is delivered",
    world: { zone: zoneWith("v=DMARC1; p=none; pct=50; rua=mailto:a@example.com") },
    outcome: "failed",
    evidence: /p=none at _dmarc\.example\.com/,
    remedy: /TXT "v=DMARC1; p=quarantine; pct=50; rua=mailto:a@example\.com"/,
  },
  {
    when: "p= is not there",
    world: { zone: zoneWith("v=DMARC1; rua=mailto:a@example.com") },
    outcome: "failed",
    evidence: /no p=/,
  },
  {
    when: "the domain above is lax with what is below it",
    world: { domain: "mail.example.com", zone: zoneWith("v=DMARC1; p=reject; sp=none") },
    outcome: "failed",
    evidence: /sp=none at _dmarc\.example\.com/,
    remedy: /_dmarc\.example\.com\. TXT "v=DMARC1; p=reject; sp=quarantine"/,
  },
  {
    when: "the record is malformed, which is another check's",
    world: { zone: zoneWith("v=DMARC1; p=no") },
    outcome: "not-applicable",
  },
  {
    when: "there are two records, which is another check's",
    world: { zone: { "_dmarc.example.com TXT": ["v=DMARC1; p=none", "v=DMARC1; p=reject"] } },
    outcome: "not-applicable",
  },
]);
