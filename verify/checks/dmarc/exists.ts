import type { Check } from "../../check";
import { discoverPolicy, dmarcRecords, policyLine, wantedPolicy } from "../../dmarc/policy";
import { isMeantAsDmarc } from "../../dmarc/record";
import { failed, passed } from "../../outcome";
import { txtLine } from "../../tag-list";

export const dmarcExists: Check = {
  id: "dmarc-exists",
  title: "The domain has a DMARC policy",
  asks: "Whether the domain, or one above it, says what becomes of mail that uses its name in From without proof. Big receivers want that of everybody who sends much.",
  source: "RFC 9989, sections 4.5 and 4.10",
  severity: "high",
  run: async (subject) => {
    const { domain, dns } = subject;
    const own = await dmarcRecords(subject, domain);
    const name = `_dmarc.${domain}`;
    if (own.length > 0)
      return passed(`${domain} has DMARC.\n${own.map((text) => txtLine(name, text)).join("\n")}`);
    const { records } = await dns.query(name, "TXT");
    const meant = records.map(({ value }) => value).find(isMeantAsDmarc);
    if (meant !== undefined)
      return failed(
        `Receivers ignore the record at ${name}: ${whyIgnored(meant)}.\n${txtLine(name, meant)}`,
        `Publish ${await wantedPolicy(subject)}`,
      );
    const above = await discoverPolicy(subject);
    if (above) return passed(`The policy of ${above.at} covers ${domain}.\n${policyLine(above)}`);
    return failed(
      `${domain} has no DMARC policy, and no domain above it has.`,
      `Publish ${await wantedPolicy(subject)}`,
    );
  },
};

function whyIgnored(text: string): string {
  if (/^["'\\]/.test(text)) return "a quotation mark is part of it";
  if (/^v\s*=\s*DMARC1\s*[^;\s]/i.test(text) || /^v\s*=\s*DMARC1\s+\S/.test(text))
    return "there is no semicolon behind v=DMARC1";
  if (/^v\s*=\s*dmarc1\s*(;|$)/i.test(text)) return "DMARC1 is to be in upper case";
  return "it does not begin with v=DMARC1;";
}
