import { RunError } from "@pulumi/pulumi";
import { check, describe, type Problem } from "./components/check";
import { parseCidr } from "./components/cidr";
import { isDomainName, isWithin } from "./components/names";
import { withoutSdkFrames } from "./components/stack-trace";
import { Reader } from "./config-reader";
import type { DmarcPolicy } from "./records";

/** The configuration of a stack, whole and checked; `Pulumi.yaml` describes each key. */
export interface Settings {
  readonly hostname: string;
  /** The name of the Cloudflare zone that the hostname is in. */
  readonly hostZone: string;
  readonly domains: readonly {
    readonly name: string;
    /** The name of the Cloudflare zone that the domain is in. */
    readonly zone: string;
    readonly dmarcPolicy?: DmarcPolicy;
    readonly spfIncludes?: readonly string[];
  }[];
  readonly mailboxes: readonly { readonly address: string; readonly passwordHash: string }[];
  readonly postmaster: string;
  readonly architecture?: "arm64" | "amd64";
  readonly instanceType?: string;
  readonly dataVolumeGiB?: number;
  readonly subnetId?: string;
  readonly vpcCidr?: string;
  readonly ipv6?: boolean;
  readonly sshCidrs?: readonly string[];
  readonly acmeDirectory?: string;
  readonly protect?: boolean;
  /** Every zone once, with the key that names it. */
  readonly zones: readonly { readonly name: string; readonly key: string }[];
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
  problems.push(...check(draft), ...checkZones(draft), ...checkHostZone(draft), ...checkAnywhere(draft));
  if (problems.length > 0) throw withoutSdkFrames(new RunError(explain(problems)));

  const { sshFromAnywhere: _, subnetIpv6, ...rest } = draft;
  const domains = draft.domains?.map((domain) => ({ ...domain, zone: zoneOf(domain) }));
  // Whatever is required and was missing is among the problems, so by now it is all there.
  return {
    ...rest,
    // A VPC of its own has IPv6.
    ipv6: draft.subnetId === undefined ? undefined : subnetIpv6,
    domains,
    hostZone: hostZone(draft),
    zones: zonesOf(draft),
  } as Settings;
}

type Draft = ReturnType<typeof read>;

function read(stack: Reader) {
  const draft = {
    hostname: stack.required("hostname", "the host's fully qualified name, such as mx1.example.com"),
    hostZone: stack.optional("hostZone", "the name of a Cloudflare zone"),
    domains: stack.objects("domains", "a list of domains, each with a name", (domain) => ({
      name: domain.required("name", "the domain, such as example.com"),
      zone: domain.optional("zone", "the name of a Cloudflare zone"),
      dmarcPolicy: domain.optional("dmarcPolicy", "one of none, quarantine, reject"),
      spfIncludes: domain.texts("spfIncludes", "a list of domain names"),
    })),
    mailboxes: stack.objects(
      "mailboxes",
      "a list of mailboxes, each with address and passwordHash",
      (mailbox) => ({
        address: mailbox.required("address", "the mailbox's address, such as alice@example.com"),
        passwordHash: mailbox.required(
          "passwordHash",
          "what `doveadm pw -s BLF-CRYPT -r 12` prints, set with `pulumi config set --secret --path`",
        ),
      }),
    ),
    postmaster: stack.required("postmaster", "the address of a declared mailbox"),
    architecture: stack.optional("architecture", "arm64 or amd64"),
    instanceType: stack.optional("instanceType", "an EC2 instance type such as t4g.small"),
    dataVolumeGiB: stack.integer("dataVolumeGiB", "a whole number of GiB"),
    subnetId: stack.optional("subnetId", "the id of a subnet"),
    subnetIpv6: stack.boolean("subnetIpv6"),
    vpcCidr: stack.optional("vpcCidr", "a private IPv4 network such as 10.25.0.0/24"),
    sshCidrs: stack.texts("sshCidrs", "a list of networks such as 192.0.2.0/24"),
    sshFromAnywhere: stack.boolean("sshFromAnywhere"),
    acmeDirectory: stack.optional("acmeDirectory", "the https URL of an ACME directory"),
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

function checkZones({ domains = [] }: Draft): Problem[] {
  return domains.flatMap(({ name, zone }, i) => {
    const path = `domains[${i}].zone`;
    if (zone === undefined) return [];
    if (!isDomainName(zone))
      return [{ path, got: JSON.stringify(zone), wants: "the name of a Cloudflare zone" }];
    if (name === undefined || isWithin(name, zone)) return [];
    return [{ path, got: JSON.stringify(zone), wants: `a zone that ${JSON.stringify(name)} is in` }];
  });
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
    ...(draft.domains ?? []).map((domain, i) => ({
      name: zoneOf(domain),
      key: `${namespace}domains[${i}].${domain.zone === undefined ? "name" : "zone"}`,
    })),
    ...(draft.hostZone === undefined ? [] : [{ name: draft.hostZone, key: `${namespace}hostZone` }]),
  ];
  return named.filter(({ name }, i) => named.findIndex((other) => other.name === name) === i);
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
