import * as pulumi from "@pulumi/pulumi";
import { type AdoptionChoice, type DnsRecord, parkedDomainRecords, type ZoneContents } from "../records";
import { adoptionProblems, type Place, publications } from "./adoption";
import { check, type Problem } from "./check";
import { ownerMarks } from "./owner";
import { refuse } from "./problems";
import { publish, published } from "./publish";

export interface ParkedDomainArgs {
  /** The domain, for example `example.net`. */
  readonly domain: string;
  /** The Cloudflare zone that the domain is in. */
  readonly zoneId: pulumi.Input<string>;
  /** What becomes of records of others in the way: see {@link MailDomainArgs.existing}. */
  readonly existing?: Readonly<Record<string, AdoptionChoice>>;
  /** What the stack was called before it was renamed, `project/stack`: its records of then are still its own. */
  readonly formerStack?: string;
  /** What the zones hold, from {@link lookUpZones}. @default not known: nothing is compared with what is there */
  readonly contents?: ZoneContents;
}

/** A domain that does no mail, and says so: it receives none (RFC 7505), and none in its name is genuine. */
export class ParkedDomain extends pulumi.ComponentResource {
  readonly domain: string;
  readonly records: pulumi.Output<readonly DnsRecord[]>;

  constructor(name: string, args: ParkedDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    const { contents, ...state } = args;
    const { domain, existing } = args;
    refuse(`ParkedDomain ${name}`, [
      ...check({ parkedDomains: [{ name: domain, existing }] }),
      ...parkedDomainProblems(name, args, "existing"),
    ]);
    super("pulumi-mailserver:index:ParkedDomain", name, state, opts);
    const made = publications(parkedDomainRecords(domain), placeOf(name, args));
    for (const [role, publication] of made) publish(`${name}-${role}`, publication, { parent: this });

    this.domain = domain;
    this.records = published(made.map(([, { record }]) => record));
    this.registerOutputs({ domain: this.domain, records: this.records });
  }
}

/** What stands in the way of the domain's records. @param path of the property with the decisions */
export function parkedDomainProblems(name: string, args: ParkedDomainArgs, path: string): Problem[] {
  return adoptionProblems(path, parkedDomainRecords(args.domain), placeOf(name, args));
}

function placeOf(name: string, { zoneId, contents, existing, formerStack }: ParkedDomainArgs): Place {
  return { zoneId, contents, existing, marks: ownerMarks(name, formerStack) };
}
