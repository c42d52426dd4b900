import { RunError } from "@pulumi/pulumi";
import { check, describe, type Problem } from "./components/check";
import { checkPasswordsGiven } from "./components/check-mailboxes";
import { parseCidr } from "./components/cidr";
import type { MailDomainChoices } from "./components/mail-domain";
import type { Alias, Mailbox, MailServerArgs, SendLimits } from "./components/mail-server-args";
import { isDomainName, isWithin } from "./components/names";
import { distinct, each } from "./components/rule";
import { withoutSdkFrames } from "./components/stack-trace";
import { address, name, readAlias, readMailbox, readSendLimits } from "./config-addresses";
import { Reader } from "./config-reader";
import type { AdoptionChoice } from "./records";

/** The configuration of a stack, whole and checked; `Pulumi.yaml` describes each key. */
export interface Settings {
  readonly hostname: string;
  /** The name of the Cloudflare zone that the hostname is in. */
  readonly hostZone: string;
  readonly domains: readonly (MailDomainChoices & InZone & { readonly catchAll?: string })[];
  readonly parkedDomains: readonly (InZone & {
    readonly existing?: Readonly<Record<string, AdoptionChoice>>;
  })[];
  readonly cloudflareAccounts: readonly { readonly zones: readonly string[]; readonly apiToken: string }[];
  readonly mailboxes: readonly (Mailbox & { readonly passwordHash?: string })[];
  readonly aliases?: readonly Alias[];
  readonly aliasesOutside?: boolean;
  readonly messageSize?: string;
  readonly sendLimits?: SendLimits;
  readonly quota?: string;
  readonly purgedMailboxes?: readonly string[];
  readonly postmaster: string;
  readonly architecture?: "arm64" | "amd64";
  readonly instanceType?: string;
  readonly dataVolumeGiB?: number;
  readonly subnetId?: string;
  readonly vpcCidr?: string;
  readonly ipv6?: boolean;
  readonly sshCidrs?: readonly string[];
  readonly metricsCidrs?: readonly string[];
  readonly alarmTopic?: string;
  readonly greylisting?: MailServerArgs["greylisting"];
  readonly dnsLists?: boolean;
  readonly antivirus?: boolean;
  readonly banAllow?: readonly string[];
  readonly updates?: { readonly reboot?: string };
  readonly acmeDirectory?: string;
  readonly acmeEab?: { readonly keyId: string; readonly hmacKey: string };
  readonly caaIdentity?: string;
  readonly acmeAccountUri?: string;
  readonly hostKeyEpoch?: number;
  readonly existing?: Readonly<Record<string, AdoptionChoice>>;
  readonly formerStack?: string;
  readonly dnssec?: boolean;
  readonly protect?: boolean;
  /** Every zone once, with the key that names it. */
  readonly zones: readonly { readonly name: string; readonly key: string }[];
}

interface InZone {
  readonly name: string;
  /** The name of the Cloudflare zone that the domain is in. */
  readonly zone: string;
}

/**
 * Reads the configuration of a stack.
 *
 * @param raw all of it as Pulumi hands it to a program: keys with their namespace, lists as JSON
 * @throws RunError that lists every error with its key, what was given and what is wanted; it repeats no secret
 */
export function parse(raw: Readonly<Record<string, string>>): Settings {
  const problems: Problem[] = [];
  const draft = read(new Reader(ofNamespace(raw), "", problems));
  const told = new Set(problems.map(({ path }) => path));
  problems.push(
    ...check(draft),
    ...checkZones(draft),
    ...checkHostZone(draft),
    ...checkAccounts(draft),
    ...checkAnywhere(draft),
    // One of another type has been told already.
    ...checkPasswordsGiven(draft.mailboxes ?? []).filter(({ path }) => !told.has(path)),
  );
  if (problems.length > 0) throw withoutSdkFrames(new RunError(explain(problems)));

  const { sshFromAnywhere: _, subnetIpv6, ...rest } = draft;
  const inZone = <T extends { name?: string; zone?: string }>(domain: T) => ({
    ...domain,
    zone: zoneOf(domain),
  });
  // Whatever is required and was missing is among the problems, so by now it is all there.
  return {
    ...rest,
    // A VPC of its own has IPv6.
    ipv6: draft.subnetId === undefined ? undefined : subnetIpv6,
    domains: draft.domains?.map(inZone),
    parkedDomains: draft.parkedDomains?.map(inZone) ?? [],
    cloudflareAccounts: draft.cloudflareAccounts ?? [],
    hostZone: hostZone(draft),
    zones: zonesOf(draft),
  } as Settings;
}

type Draft = ReturnType<typeof read>;

function read(stack: Reader) {
  const draft = {
    hostname: name(stack.required("hostname", "the host's fully qualified name, such as mx1.example.com")),
    hostZone: name(stack.optional("hostZone", "the name of a Cloudflare zone")),
    domains: stack.objects("domains", "a list of domains, each with a name", (domain) => ({
      name: name(domain.required("name", "the domain, such as example.com")),
      zone: name(domain.optional("zone", "the name of a Cloudflare zone")),
      shadow: domain.boolean("shadow"),
      dmarcPolicy: domain.optional("dmarcPolicy", "one of none, quarantine, reject"),
      dmarcReports: domain.texts("dmarcReports", "a list of addresses")?.map(address),
      spfIncludes: domain.texts("spfIncludes", "a list of domain names")?.map(name),
      spfAddresses: domain.texts("spfAddresses", "a list of addresses and prefixes"),
      mtaSts: domain.optional("mtaSts", "one of enforce, testing, none"),
      tlsReports: domain.texts("tlsReports", "a list of addresses")?.map(address),
      caaIssuers: domain.texts("caaIssuers", "a list of authorities, such as letsencrypt.org"),
      bimi: domain.object("bimi", (bimi) => ({
        logo: bimi.required("logo", "the https URL of a logo in SVG Tiny PS"),
        certificate: bimi.optional("certificate", "the https URL of a mark certificate"),
      })),
      dkimEpoch: domain.integer("dkimEpoch", "a generation of keys, a whole number"),
      rotateEvery: domain.integer("rotateEvery", "a whole number of days"),
      existing: domain.mapping("existing", "one of leave, adopt, replace, merge"),
      catchAll: address(domain.optional("catchAll", "the address of a declared mailbox or alias")),
    })),
    parkedDomains: stack.optionalObjects(
      "parkedDomains",
      "a list of domains, each with a name",
      (domain) => ({
        name: name(domain.required("name", "the domain, such as example.net")),
        zone: name(domain.optional("zone", "the name of a Cloudflare zone")),
        existing: domain.mapping("existing", "one of leave, adopt, replace"),
      }),
    ),
    cloudflareAccounts: stack.optionalObjects(
      "cloudflareAccounts",
      "a list of accounts, each with zones and apiToken",
      (account) => ({
        zones: account.texts("zones", "a list of names of zones")?.map(name),
        apiToken: account.required(
          "apiToken",
          "an API token with Zone:Read and DNS:Edit, set with `pulumi config set --secret --path`",
        ),
      }),
    ),
    mailboxes: stack.objects(
      "mailboxes",
      "a list of mailboxes, each with address and passwordHash",
      readMailbox,
    ),
    aliases: stack.optionalObjects("aliases", "a list of aliases, each with address and targets", readAlias),
    aliasesOutside: stack.boolean("aliasesOutside"),
    messageSize: stack.optional("messageSize", 'a size such as "50 MB"'),
    sendLimits: stack.object("sendLimits", readSendLimits),
    quota: stack.optional("quota", "a size such as 5 GB"),
    purgedMailboxes: stack
      .texts("purgedMailboxes", "a list of addresses of mailboxes that there are no longer")
      ?.map(address),
    postmaster: address(stack.required("postmaster", "the address of a declared mailbox")),
    architecture: stack.optional("architecture", "arm64 or amd64"),
    instanceType: stack.optional("instanceType", "an EC2 instance type such as t4g.small"),
    dataVolumeGiB: stack.integer("dataVolumeGiB", "a whole number of GiB"),
    subnetId: stack.optional("subnetId", "the id of a subnet"),
    subnetIpv6: stack.boolean("subnetIpv6"),
    vpcCidr: stack.optional("vpcCidr", "a private IPv4 network such as 10.25.0.0/24"),
    sshCidrs: stack.texts("sshCidrs", "a list of networks such as 192.0.2.0/24"),
    sshFromAnywhere: stack.boolean("sshFromAnywhere"),
    metricsCidrs: stack.texts("metricsCidrs", "a list of networks such as 192.0.2.0/24"),
    alarmTopic: stack.optional("alarmTopic", "the ARN of an SNS topic"),
    greylisting: stack.optional("greylisting", "one of never, suspicious, always"),
    dnsLists: stack.boolean("dnsLists"),
    antivirus: stack.boolean("antivirus"),
    banAllow: stack.texts("banAllow", "a list of networks such as 192.0.2.0/24"),
    updates: stack.object("updates", (updates) => ({
      reboot: updates.optional("reboot", "a time of day in UTC such as 03:30, or never"),
    })),
    acmeDirectory: stack.optional("acmeDirectory", "the https URL of an ACME directory"),
    acmeEab: stack.object("acmeEab", (eab) => ({
      keyId: eab.required("keyId", "the key identifier that the authority gave out"),
      hmacKey: eab.required("hmacKey", "the HMAC key, set with `pulumi config set --secret --path`"),
    })),
    caaIdentity: stack.optional("caaIdentity", "the authority's name in CAA records"),
    acmeAccountUri: stack.optional("acmeAccountUri", "the URI of the ACME account"),
    hostKeyEpoch: stack.integer("hostKeyEpoch", "a generation of keys, a whole number"),
    existing: stack.mapping("existing", "one of adopt, replace"),
    formerStack: stack.optional("formerStack", "the project and the stack's former name, project/stack"),
    dnssec: stack.boolean("dnssec"),
    protect: stack.boolean("protect"),
  };
  stack.end();
  return draft;
}

const namespace = "mailserver:";

function ofNamespace(raw: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw)
      .filter(([key]) => key.startsWith(namespace))
      .map(([key, value]) => [key.slice(namespace.length), value]),
  );
}

function checkZones(draft: Draft): Problem[] {
  const zones = zonesOf(draft).map((zone) => zone.name);
  return (["domains", "parkedDomains"] as const).flatMap((list) =>
    (draft[list] ?? []).flatMap(({ name, zone }, i) => {
      const path = `${list}[${i}].zone`;
      if (zone !== undefined && !isDomainName(zone))
        return [{ path, got: JSON.stringify(zone), wants: "the name of a Cloudflare zone" }];
      if (name === undefined || !isDomainName(name)) return [];
      if (zone !== undefined && !isWithin(name, zone))
        return [{ path, got: JSON.stringify(zone), wants: `a zone that ${JSON.stringify(name)} is in` }];
      const own = zoneOf({ name, zone });
      // The closest is the one that is asked.
      const closer = zones.find((other) => other.length > own.length && isWithin(name, other));
      return closer === undefined
        ? []
        : [
            {
              path,
              got: JSON.stringify(own),
              wants: `${closer}, which ${name} is in too and which answers for it`,
            },
          ];
    }),
  );
}

/** Zones of other accounts are zones of this stack. */
function checkAccounts(draft: Draft): Problem[] {
  const zones = zonesOf(draft).map((zone) => zone.name);
  const another = distinct();
  return (draft.cloudflareAccounts ?? []).flatMap((account, i) => {
    const path = `cloudflareAccounts[${i}].zones`;
    if (!account.zones?.length) return [{ path, got: "nothing", wants: "the zones that the account has" }];
    const rule = (zone: string) =>
      zones.includes(zone) ? another(zone, path) : `a zone of a domain or of the host (${zones.join(", ")})`;
    return each(path, account.zones, rule, showZone);
  });
}

/** What is no name may be the token in the wrong place. */
function showZone(zone: string): string {
  return isDomainName(zone) ? JSON.stringify(zone) : "text that is no name of a zone";
}

function checkHostZone(draft: Draft): Problem[] {
  const { hostname, hostZone: given, domains } = draft;
  if (given !== undefined && !isDomainName(given)) {
    return [{ path: "hostZone", got: JSON.stringify(given), wants: "the name of a Cloudflare zone" }];
  }
  const incomplete = !domains?.length || domains.some(({ name }) => name === undefined);
  if (hostname === undefined || !isDomainName(hostname) || hostZone(draft) !== undefined) return [];
  if (given !== undefined) {
    return [{ path: "hostZone", got: JSON.stringify(given), wants: `a zone that ${hostname} is in` }];
  }
  if (incomplete) return [];
  const zones = domains.map(zoneOf).join(", ");
  return [
    {
      path: "hostname",
      got: JSON.stringify(hostname),
      wants: `a name in a zone of the domains (${zones}), or the key ${namespace}hostZone for the zone it is in`,
    },
  ];
}

/** The zone that was given, or the closest of the domains' zones; none if the hostname is in none of them. */
function hostZone({ hostname = "", hostZone: given, domains = [] }: Draft): string | undefined {
  const candidates = given === undefined ? domains.map(zoneOf) : [given];
  return candidates
    .filter((zone) => zone !== "" && isWithin(hostname, zone))
    .sort((a, b) => b.length - a.length)
    .at(0);
}

function zoneOf({ name = "", zone = name }: { name?: string; zone?: string }): string {
  return zone;
}

function zonesOf(draft: Draft): Settings["zones"] {
  const named = [
    ...(["domains", "parkedDomains"] as const).flatMap((list) =>
      (draft[list] ?? []).map((domain, i) => ({
        name: zoneOf(domain),
        key: `${namespace}${list}[${i}].${domain.zone === undefined ? "name" : "zone"}`,
      })),
    ),
    ...(draft.hostZone === undefined ? [] : [{ name: draft.hostZone, key: `${namespace}hostZone` }]),
  ];
  // Of equal ones the first, which a map keeps when it is filled from the end.
  const firsts = new Map([...named].reverse().map((zone) => [zone.name, zone] as const));
  return [...firsts.values()].reverse();
}

function checkAnywhere({ sshCidrs = [], sshFromAnywhere }: Draft): Problem[] {
  if (sshFromAnywhere) return [];
  return sshCidrs.flatMap((cidr, i) =>
    cidr === undefined || parseCidr(cidr)?.length !== 0
      ? []
      : {
          path: `sshCidrs[${i}]`,
          got: JSON.stringify(cidr),
          wants: `a smaller network, or ${namespace}sshFromAnywhere: true to open SSH to the whole internet`,
        },
  );
}

function explain(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "an error" : `${problems.length} errors`;
  return [
    `The configuration of this stack has ${count}:`,
    ...problems.map((problem) => `  ${namespace}${describe(problem)}`),
    "Correct the stack's file, or use `pulumi config set --path`; Pulumi.yaml describes every key.",
  ].join("\n");
}
