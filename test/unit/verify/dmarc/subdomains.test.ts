import { dmarcSubdomains } from "../../../../verify/checks/dmarc/subdomains";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

describeCheck(dmarcSubdomains, [
  { when: "p= is for all", world: { zone: zoneWith("v=DMARC1; p=reject") }, outcome: "passed" },
  {
    when: "names that do not exist are refused, others quarantined as the domain is",
    world: { zone: zoneWith("v=DMARC1; p=quarantine; np=reject") },
    outcome: "passed",
  },
  {
    when: "subdomains are open",
    world: { zone: zoneWith("v=DMARC1; p=reject; sp=none; rua=mailto:a@example.com") },
    outcome: "failed",
    evidence: /^sp=none is weaker than p=reject/,
    remedy: /TXT "v=DMARC1; p=reject; rua=mailto:a@example\.com"/,
  },
  {
    when: "names that do not exist are open",
    world: { zone: zoneWith("v=DMARC1; p=quarantine; np=none") },
    outcome: "failed",
    evidence: /^np=none/,
  },
  {
    when: "subdomains are quarantined where the domain is rejected",
    world: { zone: zoneWith("v=DMARC1; p=reject; sp=quarantine") },
    outcome: "warning",
  },
  {
    when: "the domain itself is open, which is another check's",
    world: { zone: zoneWith("v=DMARC1; p=none; sp=none") },
    outcome: "not-applicable",
  },
  {
    when: "the policy is that of the domain above",
    world: { domain: "mail.example.com", zone: zoneWith("v=DMARC1; p=reject; np=none") },
    outcome: "not-applicable",
  },
]);
