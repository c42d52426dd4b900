import type { Check } from "../../check";
import { dmarcRecords } from "../../dmarc/policy";
import { failed, NotApplicable, passed } from "../../outcome";
import { txtLine } from "../../tag-list";

export const dmarcSingle: Check = {
  id: "dmarc-single",
  title: "The domain has one DMARC record only",
  asks: "Whether there is more than one DMARC record. Receivers then discard all of them.",
  source: "RFC 9989, section 4.10",
  severity: "high",
  run: async (subject) => {
    const { domain } = subject;
    const name = `_dmarc.${domain}`;
    const records = await dmarcRecords(subject, domain);
    if (records.length === 0) throw new NotApplicable(`${domain} has no DMARC record of its own.`);
    if (records.length === 1) return passed(`${name} has one DMARC record.`);
    return failed(
      `${name} has ${records.length} DMARC records.\n${records.map((text) => txtLine(name, text)).join("\n")}`,
      "Keep the one that is meant, and delete the others.",
    );
  },
};
