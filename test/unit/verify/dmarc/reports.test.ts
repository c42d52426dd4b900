import { dmarcReports } from "../../../../verify/checks/dmarc/reports";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

describeCheck(dmarcReports, [
  {
    when: "reports go to the postmaster",
    world: { zone: zoneWith("v=DMARC1; p=reject; rua=mailto:postmaster@example.com") },
    outcome: "passed",
    evidence: /postmaster@example\.com/,
  },
  {
    when: "reports go nowhere",
    world: { zone: zoneWith("v=DMARC1; p=reject; adkim=s") },
    outcome: "warning",
    remedy: /TXT "v=DMARC1; p=reject; adkim=s; rua=mailto:postmaster@example\.com"/,
  },
  {
    when: "the address is malformed, which is another check's",
    world: { zone: zoneWith("v=DMARC1; p=reject; rua=a@example.com") },
    outcome: "not-applicable",
  },
  {
    when: "the domain does no mail",
    world: { zone: zoneWith("v=DMARC1; p=reject", { "example.com MX": ["0 ."] }) },
    outcome: "not-applicable",
  },
]);
