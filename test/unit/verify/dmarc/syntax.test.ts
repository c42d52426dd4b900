import { dmarcSyntax } from "../../../../verify/checks/dmarc/syntax";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const one = (outcome: "failed" | "warning") => (when: string, record: string, evidence: RegExp) => ({
  when,
  world: { zone: zoneWith(record) },
  outcome,
  evidence,
});
const broken = one("failed");
const careless = one("warning");

describeCheck(dmarcSyntax, [
  {
    when: "it is well formed, with a tag that nobody knows",
    world: { zone: zoneWith("v=DMARC1;p=none;pct=50;rua=mailto:a@example.com;later=1") },
    outcome: "passed",
  },
  broken("p= is misspelt", "v=DMARC1; p=rejct", /character 11: p= is "rejct", not none/),
  broken(
    "a semicolon is missing",
    "v=DMARC1; p=reject rua=mailto:a@example.com",
    /is a semicolon missing in it/,
  ),
  broken("sp= is misspelt", "v=DMARC1; p=reject; sp=yes", /sp= is "yes"/),
  broken("an equals sign is missing", "v=DMARC1; p reject", /"p reject" is no tag=value/),
  broken(
    "two strings meet in the wrong place",
    '"v=DMARC1; p=reject" "rua=mailto:a@example.com"',
    /p= is "rejectrua=/,
  ),
  broken("p= is there twice", "v=DMARC1; p=none; p=reject", /p= is there twice/),
  broken("it has curly quotes", "v=DMARC1; p=\u201creject\u201d", /U\+201C/),
  careless(
    "an address lacks mailto:",
    "v=DMARC1; p=reject; rua=postmaster@example.com",
    /mailto: belongs before it/,
  ),
  careless("reports are to go by HTTPS", "v=DMARC1; p=reject; rua=https://example.com/r", /mailto: only/),
  careless("adkim= is no mode", "v=DMARC1; p=reject; adkim=strict", /adkim= is "strict"/),
  careless("a tag is in upper case", "v=DMARC1; P=reject", /P= is in upper case/),
  careless("p= comes late", "v=DMARC1; rua=mailto:a@example.com; p=reject", /does not come directly behind/),
  { when: "there is no record", world: { zone: {} }, outcome: "not-applicable" },
]);
