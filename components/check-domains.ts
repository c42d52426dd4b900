import { adoptionChoices, dmarcPolicies, MAX_SPF_LOOKUPS, MIN_ROTATION, mtaStsModes } from "../records";
import { parseCidr } from "./cidr";
import { domainOf, isDomainName, isMailboxAddress } from "./names";
import { distinct, domainName, each, httpsUrl, one, oneOf, type Problem, wholeNumber } from "./rule";

/** A domain as far as it is known. */
export interface DeclaredDomain {
  readonly name?: string;
  readonly dmarcPolicy?: string;
  readonly dmarcReports?: readonly (string | undefined)[];
  readonly spfIncludes?: readonly (string | undefined)[];
  readonly spfAddresses?: readonly (string | undefined)[];
  readonly mtaSts?: string;
  readonly tlsReports?: readonly (string | undefined)[];
  readonly caaIssuers?: readonly (string | undefined)[];
  readonly bimi?: { readonly logo?: string; readonly certificate?: string };
  readonly dkimEpoch?: number;
  readonly rotateEvery?: number;
  readonly existing?: Readonly<Record<string, string | undefined>>;
}

/** @param list the property: domains may be in several lists, and in one of them only */
export function checkDomains(
  lists: Readonly<Record<string, readonly DeclaredDomain[] | undefined>>,
): Problem[] {
  const another = distinct();
  return Object.entries(lists).flatMap(([list, domains]) =>
    (domains ?? []).flatMap((domain, i) => {
      const path = `${list}[${i}]`;
      return [
        ...one(`${path}.name`, domain.name, (name) => checkName(name, another, `${path}.name`)),
        ...checkChoices(path, domain),
      ];
    }),
  );
}

/** Names that differ only in case or by a trailing dot are the same. */
function checkName(name: string, another: ReturnType<typeof distinct>, path: string): string | undefined {
  const wanted = domainName("domain", "example.com")(name);
  const same = another(name.toLowerCase().replace(/\.$/, ""), path);
  if (wanted !== undefined) return same === undefined ? wanted : `${wanted}; and ${same}`;
  if (same !== undefined || name.length <= MAX_DOMAIN) return same;
  return `at most ${MAX_DOMAIN} characters, so that the names below it have at most 253 (RFC 1035 section 3.1)`;
}

/** With `rsa9999._domainkey.` before it. */
const MAX_DOMAIN = 253 - 19;

function checkChoices(path: string, domain: DeclaredDomain): Problem[] {
  return [
    ...one(`${path}.dmarcPolicy`, domain.dmarcPolicy, oneOf(dmarcPolicies)),
    ...each(
      `${path}.dmarcReports`,
      domain.dmarcReports,
      (address) => checkReportAddress(address) ?? checkReportName(domain.name ?? "", address),
    ),
    ...one(`${path}.spfIncludes`, domain.spfIncludes, checkSpfIncludes),
    ...each(`${path}.spfAddresses`, domain.spfAddresses, checkSpfAddress),
    ...one(`${path}.mtaSts`, domain.mtaSts, oneOf(mtaStsModes)),
    ...each(`${path}.tlsReports`, domain.tlsReports, checkReportAddress),
    ...each(`${path}.caaIssuers`, domain.caaIssuers, domainName("name of an authority", "letsencrypt.org")),
    ...one(`${path}.bimi.logo`, domain.bimi?.logo, httpsUrl("a logo in SVG Tiny PS")),
    ...one(`${path}.bimi.certificate`, domain.bimi?.certificate, httpsUrl("a mark certificate")),
    ...one(`${path}.dkimEpoch`, domain.dkimEpoch, wholeNumber(1, 9999, "a generation of keys")),
    ...one(`${path}.rotateEvery`, domain.rotateEvery, checkRotation),
    ...Object.entries(domain.existing ?? {}).flatMap(([role, choice]) =>
      one(`${path}.existing.${role}`, choice, oneOf(adoptionChoices)),
    ),
  ];
}

function checkReportAddress(address: string): string | undefined {
  return isMailboxAddress(address)
    ? undefined
    : "an address such as reports@example.com: lower case, without +";
}

/** Its domain agrees to the reports under a name made of both (RFC 9990 section 4). */
function checkReportName(domain: string, address: string): string | undefined {
  const receiver = domainOf(address);
  return receiver === domain || `${domain}._report._dmarc.${receiver}`.length <= 253
    ? undefined
    : `an address in a shorter domain: ${domain}._report._dmarc.${receiver} has more than 253 characters`;
}

function checkSpfIncludes(includes: readonly (string | undefined)[]): string | undefined {
  // An include may be a name with underscores: _spf.example.net.
  if (!includes.every((name) => name === undefined || isDomainName(name.replace(/(^|\.)_/g, "$1")))) {
    return "a list of domain names whose SPF record names further senders";
  }
  // The host itself is the first.
  return includes.length >= MAX_SPF_LOOKUPS
    ? `at most ${MAX_SPF_LOOKUPS - 1} names: receivers give up after ${MAX_SPF_LOOKUPS} look-ups (RFC 7208 section 4.6.4)`
    : undefined;
}

function checkSpfAddress(text: string): string | undefined {
  const prefix = parseCidr(text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`);
  if (!prefix?.isNetwork)
    return "an address or a prefix such as 192.0.2.1 or 2001:db8::/64, the bits after it zero";
  // Wider ones let strangers send: no provider hands out that many to one customer.
  return prefix.length >= (prefix.family === 4 ? 16 : 32)
    ? undefined
    : "a prefix of /16 or longer, of IPv6 /32";
}

function checkRotation(days: number): string | undefined {
  const wanted = wholeNumber(MIN_ROTATION, 3650, "days")(days);
  return (
    wanted &&
    `${wanted}: a key is published before it signs, and after, for as long as mail may be on its way`
  );
}
