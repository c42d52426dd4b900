import type { Check } from "../../check";
import { CannotCheck, failed, NotApplicable, passed, warning } from "../../outcome";
import { checkHost, type Verdict } from "../../spf/evaluate";
import { hasNullMx } from "../../spf/null-mx";
import type { SpfRecord } from "../../spf/record";
import { ownSpf } from "../../spf/tree";
import type { Subject } from "../../subject";
import { txtLine } from "../../tag-list";

/** Nobody sends from these: reserved (RFC 1112 section 4), and discard-only (RFC 6666). */
const strangers = ["240.0.0.1", "100::1"];

export const spfAll: Check = {
  id: "spf-all",
  title: "SPF turns strangers away",
  asks: "What the policy says of an address that is none of the domain's: it should end in -all or ~all, also by way of redirect=, and nothing before that may match everybody.",
  source: "RFC 7208, sections 4.7, 5.1 and 10.1.2",
  severity: "high",
  run: async (subject) => {
    const { domain } = subject;
    const record = await ownSpf(subject);
    const line = txtLine(domain, record.text);
    for (const verdict of await verdicts(subject)) {
      const { result, reason } = verdict;
      if (result === "temperror") throw new CannotCheck(`SPF of ${domain} can't be evaluated: ${reason}.`);
      if (result === "permerror")
        throw new NotApplicable(`Receivers give up on the SPF of ${domain}: ${reason}.`);
      if (result === "pass")
        return failed(
          `Anybody may send: ${reason} lets any address pass.\n${line}`,
          mend(subject, record, verdict),
        );
      if (result === "neutral")
        return warning(`SPF says nothing of strangers: ${reason}.\n${line}`, mend(subject, record, verdict));
    }
    const wide = record.mechanisms.find(
      ({ qualifier, prefix4, prefix6 }) => qualifier === "+" && (prefix4 < 8 || prefix6 < 16),
    );
    if (wide)
      return failed(
        `${wide.text} lets a great part of the Internet send.\n${line}`,
        `Take ${wide.text} out of ${line}`,
      );
    if ((await hasNullMx(subject)) && !(record.mechanisms[0]?.name === "all"))
      return warning(
        `${domain} does no mail (null MX), yet its SPF names senders.\n${line}`,
        `Publish ${txtLine(domain, "v=spf1 -all")}`,
      );
    return passed(`Strangers do not pass.\n${line}`);
  },
};

function verdicts({ dns, domain }: Subject) {
  return Promise.all(
    strangers.map((ip) => checkHost(dns, { ip, helo: `mail.${domain}`, mailFrom: `postmaster@${domain}` })),
  );
}

function mend({ domain }: Subject, { text }: SpfRecord, { result, reason, decidedBy }: Verdict): string {
  const byAll = /^[+?]?all /i.test(reason);
  if (result === "pass" && !byAll) return `Take ${reason.replace(" of ", " out of the SPF record of ")}.`;
  if (decidedBy !== domain) return `End the SPF record of ${decidedBy} with -all.`;
  const senders = text.replace(/(?<! ) +([+?]?all|redirect=\S*)(?= |$)/gi, "").trimEnd();
  return `Publish ${txtLine(domain, `${/ /.test(senders) ? senders : "v=spf1 mx"} -all`)}`;
}
