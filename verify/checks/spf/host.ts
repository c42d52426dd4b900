import type { Check } from "../../check";
import { mailHosts } from "../../mail-hosts";
import { CannotCheck, failed, NotApplicable, passed, warning } from "../../outcome";
import { checkHost } from "../../spf/evaluate";
import type { SpfRecord } from "../../spf/record";
import { ownSpf } from "../../spf/tree";
import { txtLine } from "../../tag-list";

export const spfHost: Check = {
  id: "spf-host",
  title: "SPF lets the mail hosts send",
  asks: "Whether the domain's mail passes SPF when it comes from the addresses of its mail hosts, evaluated as a receiver does.",
  source: "RFC 7208, section 4",
  severity: "high",
  run: async (subject) => {
    const { domain, dns, expected } = subject;
    const record = await ownSpf(subject);
    const senders = (await mailHosts(subject)).flatMap(({ name, addresses }) =>
      addresses.map((ip) => ({ ip, helo: name, mailFrom: `postmaster@${domain}` })),
    );
    const verdicts = await Promise.all(
      senders.map(async (from) => ({ ...from, ...(await checkHost(dns, from)) })),
    );
    for (const { result, reason } of verdicts) {
      if (result === "temperror") throw new CannotCheck(`SPF of ${domain} can't be evaluated: ${reason}.`);
      if (result === "permerror" || result === "none")
        throw new NotApplicable(`Receivers give up on the SPF of ${domain}: ${reason}.`);
    }
    const lines = verdicts.map(({ ip, helo, result, reason }) => `${helo} [${ip}]: ${result} by ${reason}`);
    const refused = verdicts.filter(({ result }) => result !== "pass");
    const evidence = (what: string) => [what, ...lines, txtLine(domain, record.text)].join("\n");
    if (refused.length === 0) return passed(evidence("Mail from every mail host passes."));
    const named = refused.map(({ ip, helo }) => `${helo} [${ip}]`).join(", ");
    const mended = `Publish ${txtLine(
      domain,
      withSenders(
        record,
        refused.map(({ ip }) => ip),
        // Without MX records `mx` matches nothing (RFC 7208 section 5.4).
        refused.some(({ helo }) => helo === domain),
      ),
    )}`;
    if (refused.some(({ ip }) => expected?.addresses.includes(ip)))
      return failed(evidence(`Mail of ${domain} from its own host does not pass: ${named}.`), mended);
    return warning(
      evidence(`Mail from ${named} does not pass.`),
      `If these hosts send mail of ${domain}, and do not only receive it: ${mended}`,
    );
  },
};

/** The record with `mx`, or where that is there already or of no use, with the addresses. */
function withSenders(
  { text, mechanisms }: SpfRecord,
  addresses: readonly string[],
  byAddress: boolean,
): string {
  const terms =
    byAddress || mechanisms.some(({ name }) => name === "mx")
      ? addresses.map((address) => `${address.includes(":") ? "ip6" : "ip4"}:${address}`)
      : ["mx"];
  return text.replace(/^v=spf1/i, `v=spf1 ${terms.join(" ")}`);
}
