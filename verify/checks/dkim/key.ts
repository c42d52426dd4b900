import type { Check } from "../../check";
import { type DkimKey, dkimKeys, nameKey, publishedKeys, recordLines } from "../../dkim/keys";
import { CannotCheck, failed, NotApplicable, notChecked, passed, warning } from "../../outcome";
import { hasNullMx } from "../../spf/null-mx";
import type { Subject } from "../../subject";
import { txtLine } from "../../tag-list";

export const dkimKey: Check = {
  id: "dkim-key",
  title: "Each DKIM selector in use has a key",
  asks: "Whether a public key is published under each selector that the domain signs with. Without it every signature fails.",
  source: "RFC 6376, section 3.6.2",
  severity: "high",
  run: async (subject) => {
    const keys = await dkimKeys(subject);
    const missing = keys.filter(({ records, unanswered }) => records.length === 0 && !unanswered);
    if (missing.length > 0)
      return failed(
        missing.map(whatIsThere).join("\n"),
        `Publish what the signer's key has: ${missing.map((key) => wanted(subject, key)).join("\n")}`,
      );
    const unanswered = keys.find((key) => key.unanswered);
    if (unanswered)
      throw new CannotCheck(unanswered.unanswered ?? "", "Mend the zone's name servers, or ask again later.");
    if (keys.length === 0) return nothingKnown(subject);
    const published = await publishedKeys(subject);
    const how = keys.some(({ told }) => told) ? "" : ", found by common names";
    return passed(
      `Keys are published: ${published.map(nameKey).join(", ")}${how}.\n${recordLines(published)}`,
    );
  },
};

async function nothingKnown(subject: Subject) {
  const { domain, dns } = subject;
  if (await hasNullMx(subject)) throw new NotApplicable(`${domain} does no mail (null MX).`);
  const { rcode } = await dns.query(`_domainkey.${domain}`, "TXT");
  // RFC 8020: where a name does not exist, nothing below it does.
  if (rcode === "NXDOMAIN")
    return warning(
      `${domain} has no DKIM key: _domainkey.${domain} does not exist (NXDOMAIN).`,
      `Have the mail server sign, and publish its key: mail._domainkey.${domain}. TXT "v=DKIM1; k=rsa; p=<the public key>".`,
    );
  return notChecked(
    `No selector of ${domain} is known, and no common one has a key.`,
    "Name the selector, the s= in the DKIM-Signature of a message that the domain sent: --dkim-selector NAME",
  );
}

function whatIsThere({ selector, name, strays, aliases }: DkimKey): string {
  const alias = aliases.at(-1);
  const place = alias ? `${name} leads to ${alias}, and there` : `at ${name}`;
  const found = strays.length > 0 ? `${place} is no DKIM key: "${strays[0]}"` : `${place} is no TXT record`;
  return `The selector ${selector} has no key: ${found}.`;
}

function wanted({ expected }: Subject, { name }: DkimKey): string {
  const declared = expected?.records.find((record) => record.name.toLowerCase() === name);
  return declared?.type === "TXT"
    ? txtLine(name, declared.value)
    : `${name}. TXT "v=DKIM1; k=rsa; p=<the public key>"`;
}
