import { dmarcPolicies, MAX_SPF_LOOKUPS } from "../records";
import { type Cidr, contains, parseCidr } from "./cidr";
import { isDomainName, isMailboxAddress } from "./names";
import { checkPasswordHash } from "./password-hash";

/** One thing that is wrong with a declaration. */
export interface Problem {
  /** The property, for example `mailboxes[1].passwordHash`. */
  readonly path: string;
  /** What was given, ready to be read; never a secret. */
  readonly got: string;
  /** What is wanted instead, and how to come by it. */
  readonly wants: string;
}

/** A mail server as far as it is known: what is left out or undefined is not judged. */
export interface Declared {
  readonly hostname?: string;
  readonly domains?: readonly {
    readonly name?: string;
    readonly dmarcPolicy?: string;
    readonly spfIncludes?: readonly (string | undefined)[];
  }[];
  readonly mailboxes?: readonly { readonly address?: string; readonly passwordHash?: string }[];
  readonly postmaster?: string;
  readonly architecture?: string;
  readonly instanceType?: string;
  readonly dataVolumeGiB?: number;
  readonly subnetId?: string;
  readonly vpcCidr?: string;
  readonly sshCidrs?: readonly (string | undefined)[];
  readonly acmeDirectory?: string;
}

/** Everything that is wrong with a declaration, in the order of its properties. */
export function check(server: Declared): Problem[] {
  return [
    ...one("hostname", server.hostname, checkHostname),
    ...one("domains", server.domains, atLeastOne("domain")),
    ...checkDomains(server.domains ?? []),
    ...one("mailboxes", server.mailboxes, atLeastOne("mailbox")),
    ...checkMailboxes(server.mailboxes ?? [], server.domains),
    ...one("postmaster", server.postmaster, (postmaster) => checkPostmaster(postmaster, server.mailboxes)),
    ...one("architecture", server.architecture, checkArchitecture),
    ...one("instanceType", server.instanceType, (type) => checkInstanceType(type, server.architecture)),
    ...one("dataVolumeGiB", server.dataVolumeGiB, checkVolumeSize),
    ...one("subnetId", server.subnetId, (subnetId) => checkSubnet(subnetId, server.vpcCidr)),
    ...one("vpcCidr", server.vpcCidr, checkVpcCidr),
    ...checkSshCidrs(server.sshCidrs ?? []),
    ...one("acmeDirectory", server.acmeDirectory, checkAcmeDirectory),
  ];
}

/** Writes a problem in one line. */
export function describe(problem: Problem): string {
  return `${problem.path}: got ${problem.got}, wants ${problem.wants}`;
}

/** Says what is wanted instead, or nothing when the value is as it should be. */
type Rule<T> = (value: T) => string | undefined;

function one<T>(path: string, value: T | undefined, rule: Rule<T>, show = quote<T>): Problem[] {
  const wants = value === undefined ? undefined : rule(value);
  return value === undefined || wants === undefined ? [] : [{ path, got: show(value), wants }];
}

function quote<T>(value: T): string {
  return JSON.stringify(value);
}

function atLeastOne(what: string): Rule<readonly unknown[]> {
  return (list) => (list.length > 0 ? undefined : `at least one ${what}`);
}

function checkHostname(hostname: string): string | undefined {
  if (!isDomainName(hostname)) return aDomainName("host name", "mx1.example.com");
  // The common name of a certificate request is limited (RFC 5280 appendix A.1, ub-common-name).
  return hostname.length > 64 ? "at most 64 characters, the limit of a certificate's common name" : undefined;
}

function aDomainName(what: string, example: string): string {
  return `a fully qualified ${what} such as ${example}: lower case, labels of letters, digits and hyphens, no trailing dot`;
}

function checkDomains(domains: NonNullable<Declared["domains"]>): Problem[] {
  const names = domains.map(({ name }) => name);
  return domains.flatMap(({ name, dmarcPolicy, spfIncludes }, i) => [
    ...one(`domains[${i}].name`, name, (value) => {
      if (!isDomainName(value)) return aDomainName("domain", "example.com");
      return anotherThan("domains", names, i);
    }),
    ...one(`domains[${i}].dmarcPolicy`, dmarcPolicy, oneOf(dmarcPolicies)),
    ...one(`domains[${i}].spfIncludes`, spfIncludes, checkSpfIncludes),
  ]);
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

function checkMailboxes(
  mailboxes: NonNullable<Declared["mailboxes"]>,
  domains: Declared["domains"],
): Problem[] {
  const addresses = mailboxes.map(({ address }) => address);
  return mailboxes.flatMap(({ address, passwordHash }, i) => {
    const inDomain: Rule<string> = (value) => {
      if (!isMailboxAddress(value)) return "an address such as alice@example.com: lower case, without +";
      return withinDomains(value, domains) ?? anotherThan("mailboxes", addresses, i);
    };
    const hash = passwordHash === undefined ? undefined : checkPasswordHash(passwordHash);
    return [
      ...one(`mailboxes[${i}].address`, address, inDomain, showAddress),
      ...(hash ? [{ path: `mailboxes[${i}].passwordHash`, ...hash }] : []),
    ];
  });
}

/** What is no address may be a hash or a password in the wrong place. */
function showAddress(address: string): string {
  return /^[^@\s{}$]+@[^@\s{}$]+$/.test(address) ? quote(address) : "text that is no address";
}

function withinDomains(address: string, domains: Declared["domains"]): string | undefined {
  const names = (domains ?? []).flatMap(({ name }) => name ?? []);
  // Not judged by a list that is wrong itself.
  const good = names.length > 0 && names.length === domains?.length && names.every(isDomainName);
  if (!good || names.some((name) => address.endsWith(`@${name}`))) return undefined;
  return `an address in one of the declared domains (${names.join(", ")})`;
}

function anotherThan(list: string, values: readonly unknown[], index: number): string | undefined {
  const first = values.indexOf(values[index]);
  return first < index ? `another one than ${list}[${first}], which is the same` : undefined;
}

function checkPostmaster(postmaster: string, mailboxes: Declared["mailboxes"]): string | undefined {
  const addresses = (mailboxes ?? []).flatMap(({ address }) => address ?? []);
  const good =
    addresses.length > 0 && addresses.length === mailboxes?.length && addresses.every(isMailboxAddress);
  if (!good || addresses.includes(postmaster)) return undefined;
  return `the address of a declared mailbox (${addresses.join(", ")})`;
}

const checkArchitecture = oneOf(["arm64", "amd64"]);

function oneOf(values: readonly string[]): Rule<string> {
  return (value) => (values.includes(value) ? undefined : `one of ${values.join(", ")}`);
}

/** Instance types whose generation is followed by `g` have AWS's ARM processor: t4g, c7gn, x2gd. */
function checkInstanceType(type: string, architecture: string | undefined): string | undefined {
  const parts = /^([a-z]+)(\d+)([a-z-]*)\.[a-z0-9-]+$/.exec(type);
  if (!parts) return "an EC2 instance type such as t4g.small";
  const [family, generation, attributes] = parts.slice(1);
  const needs = attributes?.startsWith("g") || `${family}${generation}` === "a1" ? "arm64" : "amd64";
  if (architecture === undefined || architecture === needs) return undefined;
  return `a type of the architecture ${architecture}, or the architecture ${needs} for this type`;
}

function checkVolumeSize(gib: number): string | undefined {
  // gp3: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
  return Number.isInteger(gib) && gib >= 1 && gib <= 16_384
    ? undefined
    : "a whole number of GiB from 1 to 16384";
}

function checkSubnet(subnetId: string, vpcCidr: string | undefined): string | undefined {
  if (!/^subnet-[0-9a-f]{8,17}$/.test(subnetId)) return "the id of a subnet: subnet- and hexadecimal digits";
  return vpcCidr === undefined ? undefined : "either a subnet or a vpcCidr to make one from, not both";
}

function checkVpcCidr(text: string): string | undefined {
  const cidr = parseCidr(text);
  // The size: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
  const fits = cidr?.isNetwork && cidr.length >= 16 && cidr.length <= 28;
  return fits && privateNetworks.some((network) => contains(network, cidr))
    ? undefined
    : "a private IPv4 network (RFC 1918) of /16 to /28, such as 10.25.0.0/24";
}

const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(
  (text) => parseCidr(text) as Cidr,
);

function checkSshCidrs(cidrs: readonly (string | undefined)[]): Problem[] {
  return cidrs.flatMap((cidr, i) =>
    one(`sshCidrs[${i}]`, cidr, (value) => {
      if (!parseCidr(value)?.isNetwork) {
        return "a network such as 192.0.2.0/24 or 2001:db8::/32, the bits after the prefix zero";
      }
      return anotherThan("sshCidrs", cidrs, i);
    }),
  );
}

function checkAcmeDirectory(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // RFC 8555 section 6.1.
  return url?.protocol === "https:" && !url.username ? undefined : "the https URL of an ACME directory";
}
