import {
  addressRecord,
  ipv6AddressRecord,
  type MailHostPlan,
  mailHostRecords,
  type NamedRecords,
} from "../records";
import { adoptionProblems, type Place } from "./adoption";
import { caaIdentityOf, letsEncrypt } from "./authorities";
import type { Declared, Problem } from "./check";
import { type MailDomainArgs, mailDomainProblems } from "./mail-domain";
import { receivesMail } from "./mail-domain-plan";
import { hasIpv6 } from "./mail-host";
import type { MailServerArgs, MailServerDomain } from "./mail-server-args";
import { domainOf } from "./names";
import { ownerMarks } from "./owner";
import { parkedDomainProblems } from "./parked-domain";
import { known } from "./problems";

/** What of the arguments is worth remembering: neither what zones hold nor who may write to them. */
export function stateOf({
  contents,
  spfLookups,
  hostZoneProvider,
  domains,
  parkedDomains = [],
  ...args
}: MailServerArgs) {
  const withoutProvider = <T extends { provider?: unknown }>({ provider, ...rest }: T) => rest;
  return {
    ...args,
    domains: domains.map(withoutProvider),
    parkedDomains: parkedDomains.map(withoutProvider),
  };
}

export type DomainArgs = MailDomainArgs & Pick<MailServerDomain, "provider">;

/** The authority's name in CAA records, if it is known. */
function identityOf({ caaIdentity, acmeDirectory }: MailServerArgs): string | undefined {
  return caaIdentity ?? caaIdentityOf(known(acmeDirectory ?? letsEncrypt));
}

/** The domains' own arguments, with what follows from the others'. */
export function domainArgs(args: MailServerArgs): DomainArgs[] {
  const { hostname, domains, contents, spfLookups, formerStack } = args;
  const identity = identityOf(args);
  const receivers = new Map<string, string[]>();
  for (const { name, dmarcReports = [] } of domains)
    for (const receiver of new Set(dmarcReports.map(domainOf))) {
      if (receiver === name) continue;
      const others = receivers.get(receiver);
      if (others) others.push(name);
      else receivers.set(receiver, [name]);
    }
  return domains.map(({ name, caaIssuers, catchAll, ...domain }) => ({
    ...domain,
    ...reportAddresses({ ...domain, domain: name, hostname, contents }),
    // What is said of the host limits its own authority further than its name alone would.
    caaIssuers:
      name === hostname
        ? caaIssuers?.filter((issuer) => issuer !== identity)
        : (caaIssuers ?? issuersAbove(name, domains)),
    domain: name,
    hostname,
    contents,
    spfLookups,
    formerStack,
    dmarcReportsOf: receivers.get(name),
  }));
}

/** Those of the domain that a domain is part of: any record of its own would lift them (RFC 8659 section 3). */
function issuersAbove(name: string, domains: MailServerArgs["domains"]): readonly string[] | undefined {
  const above = domains.filter((domain) => domain.caaIssuers && name.endsWith(`.${domain.name}`));
  return above.sort((a, b) => b.name.length - a.name.length)[0]?.caaIssuers;
}

/** The host reads what others report, unless the domain's mail does not come to it yet. */
function reportAddresses(args: MailDomainArgs) {
  if (!receivesMail(args)) return {};
  const { domain, dmarcReports = [`dmarc-reports@${domain}`], tlsReports = [`tls-reports@${domain}`] } = args;
  return { dmarcReports, tlsReports };
}

export function hostPlace(
  name: string,
  { hostZoneId, contents, existing, formerStack }: MailServerArgs,
): Place {
  return { zoneId: hostZoneId, contents, existing, marks: ownerMarks(name, formerStack) };
}

/** @param ipv6 asked for only where there is to be one */
export function addressesOf<Content>(
  args: MailServerArgs,
  ipv4: Content,
  ipv6: () => Content,
): NamedRecords<Content> {
  const { hostname } = args;
  return {
    address: addressRecord(hostname, ipv4),
    ...(hasIpv6(args) ? { "address-ipv6": ipv6AddressRecord(hostname, ipv6()) } : {}),
  };
}

/** Without those that the domain of the same name publishes already. */
export function recordsOfHost(args: MailServerArgs): NamedRecords {
  const { hostname, postmaster, acmeAccountUri: accountUri } = args;
  const identity = identityOf(args);
  const domain = args.domains.find(({ name }) => name === hostname);
  const plan: MailHostPlan = {
    hostname,
    contact: domain ? `postmaster@${hostname}` : postmaster,
    issuer: identity === undefined ? undefined : { identity, accountUri },
    domain: domain && { limitsIssuers: domain.caaIssuers !== undefined },
  };
  return mailHostRecords(plan);
}

/** What in the zones stands in the way. */
export function zoneProblems(name: string, args: MailServerArgs): Problem[] {
  const parked = (args.parkedDomains ?? []).map(({ name: domain, ...rest }) => ({ domain, ...rest }));
  return [
    ...adoptionProblems(
      "existing",
      { ...addressesOf<unknown>(args, undefined, () => undefined), ...recordsOfHost(args) },
      hostPlace(name, args),
    ),
    ...domainArgs(args).flatMap((domain, i) =>
      mailDomainProblems(`${name}-${domain.domain}`, domain, `domains[${i}].`),
    ),
    ...parked.flatMap((domain, i) =>
      parkedDomainProblems(
        `${name}-${domain.domain}`,
        { ...domain, contents: args.contents, formerStack: args.formerStack },
        `parkedDomains[${i}].existing`,
      ),
    ),
  ];
}

export function knownNow(args: MailServerArgs): Declared {
  return {
    ...args,
    mailboxes: args.mailboxes.map(({ passwordHash, appPasswords, ...mailbox }) => ({
      ...mailbox,
      passwordHash: known(passwordHash),
      appPasswords: appPasswords?.map((app) => ({ ...app, passwordHash: known(app.passwordHash) })),
    })),
    instanceType: known(args.instanceType),
    dataVolumeGiB: known(args.dataVolumeGiB),
    subnetId: known(args.subnetId),
    vpcCidr: known(args.vpcCidr),
    alarmTopic: known(args.alarmTopic),
    acmeDirectory: known(args.acmeDirectory),
  };
}
