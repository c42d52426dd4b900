import type { Check } from "../../check";
import { destinations } from "../../dmarc/destinations";
import { failed, NotApplicable, passed } from "../../outcome";
import { hasNullMx } from "../../spf/null-mx";

export const dmarcReportMx: Check = {
  id: "dmarc-report-mx",
  title: "The hosts of the DMARC report addresses receive mail",
  asks: "Whether mail can be sent to the addresses in rua= and ruf=: their hosts need an MX record or an address, and no null MX.",
  source: "RFC 9989, section 4.7; RFC 5321, section 5.1; RFC 7505",
  severity: "medium",
  run: async (subject) => {
    const all = await destinations(subject);
    if (all.length === 0) throw new NotApplicable("No reports are asked for.");
    const deaf = all.filter(({ receives }) => !receives);
    // That the domain itself lacks an MX is told elsewhere, unless it is meant so.
    const own = deaf.find(({ host }) => host === subject.domain);
    const faulty = own && !(await hasNullMx(subject)) ? deaf.filter((each) => each !== own) : deaf;
    if (faulty.length > 0)
      return failed(
        `No mail can be sent to ${faulty.flatMap(({ uris }) => uris).join(", ")}: ${faulty.map(({ host }) => host).join(", ")} receives none.`,
        "Name an address in rua= that exists, or give its host an MX record.",
      );
    const hearing = all.filter(({ receives }) => receives);
    if (hearing.length === 0) throw new NotApplicable(`${subject.domain} itself receives no mail.`);
    return passed(`Mail can be sent to ${hearing.flatMap(({ uris }) => uris).join(", ")}.`);
  },
};
