import * as pulumi from "@pulumi/pulumi";
import {
  type AdoptionChoice,
  type Bimi,
  type DmarcPolicy,
  type DnsRecord,
  MAX_SPF_LOOKUPS,
  type MailDomainPlan,
  type MtaStsMode,
  mailDomainRecords,
  type PlannedKey,
  policyOf,
  type ZoneContents,
} from "../records";
import { adoptionProblems, type Place, publications } from "./adoption";
import { check, type Problem } from "./check";
import { type DkimKey, dkimRecordNames, makeDkimKeys, planDkimKeys } from "./dkim-keys";
import { onlyMerged, planOf } from "./mail-domain-plan";
import { ownerMarks } from "./owner";
import { refuse } from "./problems";
import { publish, published } from "./publish";
import type { SpfLookups } from "./spf-lookups";

/** What is said of a mail domain, beside its name and its place. */
export interface MailDomainChoices {
  /**
   * Whether everything but the MX record is published, so that the host can be tried with real mail while the domain's
   * own still goes elsewhere. MTA-STS is then in testing mode. @default false
   */
  readonly shadow?: boolean;
  /** What receivers do with mail that is not the domain's own. @default "reject" */
  readonly dmarcPolicy?: DmarcPolicy;
  /** Addresses for DMARC's aggregate reports. @default the domain's postmaster */
  readonly dmarcReports?: readonly string[];
  /**
   * Names whose SPF record lists further senders of the domain's mail, at most nine. A second SPF record beside this
   * one would make both void.
   * @default none
   */
  readonly spfIncludes?: readonly string[];
  /** Addresses and prefixes of further senders, IPv4 or IPv6: a relay, for example. @default none */
  readonly spfAddresses?: readonly string[];
  /** Whether senders must deliver under TLS to this host alone (RFC 8461); "none" takes it back. @default "enforce" */
  readonly mtaSts?: MtaStsMode;
  /** Addresses for reports of TLS failures (RFC 8460). @default the domain's postmaster */
  readonly tlsReports?: readonly string[];
  /**
   * Authorities that may issue certificates for the domain and, unless they say otherwise, the names below it, as they
   * name themselves in CAA records. @default any: its web sites may have certificates of whichever
   */
  readonly caaIssuers?: readonly string[];
  /** The logo that receivers may show beside the domain's mail. @default none */
  readonly bimi?: Bimi;
  /** The generation of DKIM keys that signs, at least: raise it by one to exchange them now. @default 1 */
  readonly dkimEpoch?: number;
  /** Days between one exchange of DKIM keys and the next, at least 12. @default only by `dkimEpoch` */
  readonly rotateEvery?: number;
  /**
   * What becomes of records that others have put where one of this domain's is to be, by what those are for: `mx`,
   * `spf`, `dmarc` and so on. @default none: each is an error that names it
   */
  readonly existing?: Readonly<Record<string, AdoptionChoice>>;
}

export interface MailDomainArgs extends MailDomainChoices {
  /** The domain, for example `example.com`. */
  readonly domain: string;
  /** The Cloudflare zone that the domain is in. */
  readonly zoneId: pulumi.Input<string>;
  /** The host that receives and sends the domain's mail. */
  readonly hostname: string;
  /** Other domains whose DMARC reports an address of this one receives. @default none */
  readonly dmarcReportsOf?: readonly string[];
  /** What the stack was called before it was renamed, `project/stack`: its records of then are still its own. */
  readonly formerStack?: string;
  /**
   * What the zones hold, from {@link lookUpZones}. @default not known: nothing is compared with what is there, and DKIM
   * keys are of the first generation for ever
   */
  readonly contents?: ZoneContents;
  /** What the included senders cost, from {@link countSpfLookups}. @default one look-up each */
  readonly spfLookups?: SpfLookups;
  /** What has to be done before keys are published that nothing is signed with yet: the host has them. */
  readonly ready?: pulumi.Input<unknown>;
  /** Whether the DKIM keys are protected from deletion. @default true */
  readonly protect?: boolean;
}

/**
 * A domain's mail: where it goes (MX), who may send it (SPF, DKIM), what becomes of the rest (DMARC), that it travels
 * under TLS (MTA-STS, TLS-RPT), and where its users log in.
 */
export class MailDomain extends pulumi.ComponentResource {
  readonly domain: string;
  readonly dkim: readonly DkimKey[];
  /** The MTA-STS policy, for the host to serve. */
  readonly mtaStsPolicy: string;
  /** All that is published for the domain. */
  readonly records: pulumi.Output<readonly DnsRecord[]>;

  constructor(name: string, args: MailDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`MailDomain ${name}`, [...check(declared(args)), ...mailDomainProblems(name, args, "")]);
    const { contents, spfLookups, ready, ...state } = args;
    super("pulumi-mailserver:index:MailDomain", name, state, opts);
    const place = placeOf(name, args);
    const plan = planOf(args);

    const merged = onlyMerged(args, place);
    if (merged.length > 0)
      void pulumi.log.warn(
        `SPF of ${args.domain}: ${merged.join(", ")} may send because the record that was merged named them, and nothing ` +
          `takes them out. Write who is still to send into spfIncludes and spfAddresses, and take out existing.spf.`,
        this,
      );
    const made = publications(mailDomainRecords(plan), place);
    for (const [role, publication] of made) publish(`${name}-${role}`, publication, { parent: this });
    const { domain } = args;
    const keys = planKeysOf(args, place);
    const { dkim, records } = makeDkimKeys(
      name,
      { domain, place, keys, protect: args.protect ?? true, ready },
      this,
    );

    this.domain = domain;
    this.dkim = dkim;
    this.mtaStsPolicy = policyOf(plan);
    this.records = published([...made.map(([, { record }]) => record), ...records]);
    this.registerOutputs({
      domain: this.domain,
      dkim: this.dkim,
      mtaStsPolicy: this.mtaStsPolicy,
      records: this.records,
    });
  }
}

/** What stands in the way of a domain's records. @param path of the domain's properties, with a dot at its end */
export function mailDomainProblems(name: string, args: MailDomainArgs, path: string): Problem[] {
  const place = placeOf(name, args);
  const plan = planOf(args);
  const tooMany = lookupProblems(`${path}spfIncludes`, plan, args.spfLookups);
  if (tooMany.length > 0) return tooMany;
  const keys = dkimRecordNames(plan.domain, planKeysOf(args, place));
  return adoptionProblems(`${path}existing`, { ...mailDomainRecords(plan), ...keys }, place);
}

/** Receivers give up on a policy that takes more look-ups, and none of it counts. */
function lookupProblems(
  path: string,
  { domain, hostname, spfIncludes, spfTerms }: MailDomainPlan,
  lookups: SpfLookups = new Map(),
): Problem[] {
  // A record that was merged before has the host among its senders.
  const host = hostname === domain ? "a" : `a:${hostname}`;
  const terms = [...new Set(spfTerms)].filter((term) => term !== host);
  const costs = [
    ["the host", 1] as const,
    ...terms.map((term) => [term, 1] as const),
    ...[...new Set(spfIncludes)].map((name) => [name, lookups.get(name) ?? 1] as const),
  ];
  const sum = costs.reduce((total, [, cost]) => total + cost, 0);
  if (sum <= MAX_SPF_LOOKUPS) return [];
  const each = costs.map(([sender, cost]) => `${sender} ${cost}`).join(", ");
  return [
    {
      path,
      got: `${sum} look-ups (${each})`,
      wants: `at most ${MAX_SPF_LOOKUPS} in all (RFC 7208 section 4.6.4): leave one out, or name its addresses in spfAddresses`,
    },
  ];
}

function planKeysOf({ domain, dkimEpoch: epoch, rotateEvery }: MailDomainArgs, place: Place): PlannedKey[] {
  return planDkimKeys(domain, place, { epoch, rotateEvery });
}

function placeOf(name: string, { zoneId, contents, existing, formerStack }: MailDomainArgs): Place {
  return { zoneId, contents, existing, marks: ownerMarks(name, formerStack) };
}

function declared({ domain, hostname, ...choices }: MailDomainArgs): Parameters<typeof check>[0] {
  return { hostname, domains: [{ ...choices, name: domain }] };
}
