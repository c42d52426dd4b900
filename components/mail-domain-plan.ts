import {
  type ExistingRecord,
  isSpf,
  type MailDomainPlan,
  type MtaStsMode,
  type SpfSenders,
  spfSenders,
  spfTerm,
  unquoted,
} from "../records";
import { type Place, recordsAt } from "./adoption";
import type { MailDomainArgs } from "./mail-domain";
import { isOwn } from "./owner";

/** What is published for a domain, with every choice made. */
export function planOf(args: MailDomainArgs): MailDomainPlan {
  const { domain, hostname } = args;
  const postmaster = [`postmaster@${domain}`];
  const { includes, addresses, terms } = mergedSenders(args);
  return {
    domain,
    hostname,
    hasMx: !args.shadow,
    spfIncludes: [...(args.spfIncludes ?? []), ...includes],
    spfAddresses: [...(args.spfAddresses ?? []), ...addresses],
    spfTerms: terms,
    dmarcPolicy: args.dmarcPolicy ?? "reject",
    dmarcReports: args.dmarcReports ?? postmaster,
    dmarcReportsOf: args.dmarcReportsOf ?? [],
    mtaSts: mtaStsOf(args),
    tlsReports: args.tlsReports ?? postmaster,
    caaIssuers: args.caaIssuers ?? (limitedAbove(args) ? "as above" : undefined),
    bimi: args.bimi,
  };
}

/** A policy that is kept to must not forbid mail to go where it still goes. */
function mtaStsOf(args: MailDomainArgs): MtaStsMode {
  const { mtaSts = "enforce" } = args;
  return mtaSts === "enforce" && !receivesMail(args) ? "testing" : mtaSts;
}

/** Whether the domain's mail comes to the host: not in the shadow, nor while its MX record is somebody else's. */
export function receivesMail(
  args: Pick<MailDomainArgs, "domain" | "zoneId" | "hostname" | "shadow" | "existing" | "contents">,
): boolean {
  const { domain, hostname, shadow, existing } = args;
  if (shadow) return false;
  if (existing?.mx !== "leave" && existing?.mx !== "adopt") return true;
  const mx = recordsAt(args, domain).filter(({ type }) => type === "MX");
  const hosts = mx.map(({ content }) => content.toLowerCase().replace(/\.$/, ""));
  // There is none to adopt, so the stack makes one.
  if (hosts.length === 0) return existing.mx === "adopt";
  return hosts.every((host) => host === hostname);
}

/** Whether the zone limits who may issue certificates for a domain above this one, and so for this one too. */
function limitedAbove(args: MailDomainArgs): boolean {
  const { domain, hostname } = args;
  // The host's own name has limits of its own.
  if (domain === hostname) return false;
  const above = domain.split(".").map((_, i, labels) => labels.slice(i + 1).join("."));
  const caa = above.map((name) => recordsAt(args, name).filter(({ type }) => type === "CAA"));
  const closest = caa.find((records) => records.length > 0) ?? [];
  return closest.some(({ content }) => /^\d+ issue /.test(content));
}

/** The senders of the SPF record that is there, whose ever it is: once merged, it is this stack's and has them still. */
function mergedSenders(args: MailDomainArgs): SpfSenders {
  const record = args.existing?.spf === "merge" ? spfAt(args) : undefined;
  return record ? spfSenders(unquoted(record.content)) : { includes: [], addresses: [], terms: [] };
}

/** The senders, as SPF writes them, that nothing but the record itself names any more, as it was merged before. */
export function onlyMerged(args: MailDomainArgs, { marks }: Place): string[] {
  const { hostname, spfIncludes = [], spfAddresses = [] } = args;
  const record = spfAt(args);
  if (!record || !isOwn(marks, record.comment)) return [];
  const { includes, addresses, terms } = mergedSenders(args);
  return [
    ...terms.filter((term) => term !== "a" && term !== `a:${hostname}`).map((term) => ({ term })),
    ...addresses.filter((ip) => !spfAddresses.includes(ip)).map((ip) => ({ ip })),
    ...includes.filter((name) => !spfIncludes.includes(name)).map((include) => ({ include })),
  ].map(spfTerm);
}

function spfAt(args: MailDomainArgs): ExistingRecord | undefined {
  return recordsAt(args, args.domain).find(({ content }) => isSpf(unquoted(content)));
}
