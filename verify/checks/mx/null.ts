import type { Check } from "../../check";
import { mxRecord, mxRecords } from "../../mx/records";
import { failed, NotApplicable, passed } from "../../outcome";

export const mxNull: Check = {
  id: "mx-null",
  title: "A null MX stands alone",
  asks: "Whether the domain does not say both that it receives no mail and which host receives it: senders choose either.",
  source: "RFC 7505 section 3",
  severity: "critical",
  run: async (subject) => {
    const { domain } = subject;
    const records = await mxRecords(subject);
    const real = records.filter(({ exchange }) => exchange !== "");
    if (real.length === records.length) throw new NotApplicable(`${domain} has no null MX.`);
    if (real.length === 0) return passed(`${domain} receives no mail; its null MX stands alone.`);
    return failed(
      `${domain} has a null MX beside ${real.map((record) => mxRecord(domain, record)).join(", ")}: some senders return the mail at once.`,
      `Remove "${domain}. MX 0 .", or all other MX records if the domain is to receive no mail.`,
    );
  },
};
