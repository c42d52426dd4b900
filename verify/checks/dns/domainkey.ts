import type { Check } from "../../check";
import { failed, NotApplicable, passed } from "../../outcome";
import type { Subject } from "../../subject";

export const dnsDomainkey: Check = {
  id: "dns-domainkey",
  title: "The name above the DKIM keys exists",
  asks: "Whether _domainkey answers NOERROR: resolvers that are told that it does not exist need not look for keys below it.",
  source: "RFC 8020 section 2; internet.nl",
  severity: "high",
  run: async (subject) => {
    const { domain, dns } = subject;
    const name = `_domainkey.${domain}`;
    const { rcode } = await dns.query(name, "TXT");
    if (rcode === "NOERROR") return passed(`${name} exists.`);
    const keys = await Promise.all(
      selectors(subject).map(async (selector) => {
        const key = `${selector}.${name}`;
        return (await dns.query(key, "TXT")).records.length > 0 ? [key] : [];
      }),
    );
    const [found] = keys.flat();
    if (!found) throw new NotApplicable(`No DKIM key of ${domain} is known; ${name}: ${rcode}.`);
    return failed(
      `${name} is answered with ${rcode}, though there is a key at ${found}.`,
      "The name servers break RFC 8020: update their software or change the DNS provider. Until then any record at the name mends it, such as " +
        `${name}. TXT "DKIM keys are below this name"`,
    );
  },
};

function selectors({ domain, dkimSelectors, expected }: Subject): readonly string[] {
  const end = `._domainkey.${domain}`;
  const declared = (expected?.records ?? []).filter(({ name }) => name.endsWith(end));
  return [...new Set([...dkimSelectors, ...declared.map(({ name }) => name.slice(0, -end.length))])];
}
