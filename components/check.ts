import { webNames } from "../records";
import { checkAliases } from "./check-aliases";
import { checkDomains, type DeclaredDomain } from "./check-domains";
import { checkInstanceType, type DeclaredInstance } from "./check-instance";
import { checkMailboxes, checkQuota } from "./check-mailboxes";
import { checkMessageSize, checkSendLimits, type DeclaredSendLimits } from "./check-sending";
import { type Cidr, contains, parseCidr } from "./cidr";
import type { DeclaredAddresses } from "./declared-addresses";
import {
  atLeastOne,
  domainName,
  each,
  httpsUrl,
  one,
  oneOf,
  type Problem,
  type Rule,
  wholeNumber,
} from "./rule";

export { describe, type Problem } from "./rule";

/** A mail server as far as it is known: what is left out or undefined is not judged. */
export interface Declared extends DeclaredAddresses, DeclaredInstance {
  readonly hostname?: string;
  readonly domains?: readonly (DeclaredDomain & { readonly catchAll?: string })[];
  readonly parkedDomains?: readonly DeclaredDomain[];
  readonly messageSize?: string;
  readonly sendLimits?: DeclaredSendLimits;
  readonly quota?: string;
  readonly dataVolumeGiB?: number;
  readonly subnetId?: string;
  readonly vpcCidr?: string;
  readonly sshCidrs?: readonly (string | undefined)[];
  readonly metricsCidrs?: readonly (string | undefined)[];
  readonly alarmTopic?: string;
  /** Of AWS. */
  readonly region?: string;
  readonly greylisting?: string;
  readonly banAllow?: readonly (string | undefined)[];
  readonly updates?: { readonly reboot?: string };
  readonly acmeDirectory?: string;
  readonly caaIdentity?: string;
  readonly acmeAccountUri?: string;
  readonly hostKeyEpoch?: number;
  readonly formerStack?: string;
}

/** Everything that is wrong with a declaration, in the order of its properties. */
export function check(server: Declared): Problem[] {
  return [
    ...one("hostname", server.hostname, checkHostname),
    ...one("domains", server.domains, atLeastOne("domain")),
    ...checkDomains({ domains: server.domains, parkedDomains: server.parkedDomains }),
    ...checkWebNames(server),
    ...one("mailboxes", server.mailboxes, atLeastOne("mailbox")),
    ...checkMailboxes(server),
    ...checkAliases(server),
    ...one("messageSize", server.messageSize, checkMessageSize),
    ...checkSendLimits("sendLimits", server.sendLimits),
    ...one("quota", server.quota, checkQuota),
    ...one("architecture", server.architecture, checkArchitecture),
    ...one("instanceType", server.instanceType, (type) => checkInstanceType(type, server)),
    ...one("dataVolumeGiB", server.dataVolumeGiB, checkVolumeSize),
    ...one("subnetId", server.subnetId, (subnetId) => checkSubnet(subnetId, server.vpcCidr)),
    ...one("vpcCidr", server.vpcCidr, checkVpcCidr),
    ...each("sshCidrs", server.sshCidrs, checkNetwork),
    ...each("metricsCidrs", server.metricsCidrs, checkMetricsCidr),
    ...one("alarmTopic", server.alarmTopic, (arn) => checkTopic(arn, server.region)),
    ...one("greylisting", server.greylisting, oneOf(["never", "suspicious", "always"])),
    ...each("banAllow", server.banAllow, checkBanAllow),
    ...one("updates.reboot", server.updates?.reboot, checkRebootTime),
    // RFC 8555 section 6.1.
    ...one("acmeDirectory", server.acmeDirectory, httpsUrl("an ACME directory")),
    ...one("caaIdentity", server.caaIdentity, domainName("name of an authority", "letsencrypt.org")),
    ...one(
      "acmeAccountUri",
      server.acmeAccountUri,
      httpsUrl("the ACME account, as the host's status has it"),
    ),
    ...one("formerStack", server.formerStack, checkStackName),
    ...one("hostKeyEpoch", server.hostKeyEpoch, wholeNumber(1, 9999, "a generation of keys")),
  ];
}

/** https://www.pulumi.com/docs/iac/concepts/stacks/#stack-naming */
function checkStackName(text: string): string | undefined {
  return /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(text)
    ? undefined
    : "the project and the stack's former name, such as mailserver/production";
}

function checkHostname(hostname: string): string | undefined {
  // The common name of a certificate request is limited (RFC 5280 appendix A.1, ub-common-name).
  const limit =
    hostname.length > 64 ? "at most 64 characters, the limit of a certificate's common name" : undefined;
  return domainName("host name", "mx1.example.com")(hostname) ?? limit;
}

/** The names that a domain answers the web on are aliases of the host, and an alias stands alone. */
function checkWebNames({ hostname, domains = [], parkedDomains = [] }: Declared): Problem[] {
  const aliases = new Map(
    domains.flatMap(({ name }, i) =>
      name === undefined ? [] : webNames(name).map((alias) => [alias, `domains[${i}]`] as const),
    ),
  );
  const rule: Rule<string> = (name) => {
    const owner = aliases.get(name);
    return owner === undefined ? undefined : `another name: ${owner} has this one as an alias of the host`;
  };
  return [
    ...one("hostname", hostname, rule),
    ...domains.flatMap(({ name }, i) => one(`domains[${i}].name`, name, rule)),
    ...parkedDomains.flatMap(({ name }, i) => one(`parkedDomains[${i}].name`, name, rule)),
  ];
}

const checkArchitecture = oneOf(["arm64", "amd64"]);

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

function checkNetwork(cidr: string): string | undefined {
  return parseCidr(cidr)?.isNetwork
    ? undefined
    : "a network such as 192.0.2.0/24 or 2001:db8::/32, the bits after the prefix zero";
}

/** Nobody logs in to read them, so who may is said by addresses alone. */
function checkMetricsCidr(cidr: string): string | undefined {
  return (
    checkNetwork(cidr) ??
    (parseCidr(cidr)?.length === 0 ? "a smaller network: metrics are not for the whole internet" : undefined)
  );
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html; a topic whose name ends in .fifo takes no alarms. */
function checkTopic(arn: string, region: string | undefined): string | undefined {
  const [, own] = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/.exec(arn) ?? [];
  if (own === undefined)
    return "the ARN of an SNS topic, such as arn:aws:sns:eu-central-1:123456789012:alarms";
  return region === undefined || region === own
    ? undefined
    : `a topic in ${region}, where the host is: CloudWatch tells no other region's`;
}

/** Nobody would ever be banned. */
function checkBanAllow(cidr: string): string | undefined {
  return parseCidr(cidr)?.length === 0 ? "a smaller network: this one has every address" : checkNetwork(cidr);
}

function checkRebootTime(time: string): string | undefined {
  return time === "never" || /^([01]\d|2[0-3]):[0-5]\d$/.test(time)
    ? undefined
    : "a time of day in UTC from 00:00 to 23:59, such as 03:30, or never";
}
