import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import * as pulumi from "@pulumi/pulumi";
import { check } from "./check";
import { parseCidr } from "./cidr";
import { refuse } from "./problems";

export interface FirewallArgs {
  /** A security group without rules. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Networks that may reach SSH, IPv4 or IPv6. @default none: SSH is closed */
  readonly sshCidrs?: readonly string[];
  /** Networks that may read the host's metrics, IPv4 or IPv6. @default none */
  readonly metricsCidrs?: readonly string[];
}

/** What a mail host needs and nothing else: one rule a port and address family. */
export class Firewall extends pulumi.ComponentResource {
  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`Firewall ${name}`, check({ sshCidrs: args.sshCidrs, metricsCidrs: args.metricsCidrs }));
    super("pulumi-mailserver:index:Firewall", name, args, opts);
    const child = { parent: this };
    const rule = (port: Port, cidr: string) => ({
      securityGroupId: args.securityGroupId,
      description: port.why,
      ipProtocol: port.protocol,
      fromPort: port.number,
      toPort: port.number,
      ...(parseCidr(cidr)?.family === 6 ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
    });

    for (const [family, cidr] of everywhere) {
      for (const port of inbound) {
        new SecurityGroupIngressRule(`${name}-in-${port.name}-${family}`, rule(port, cidr), child);
      }
      for (const port of outbound.filter(({ only }) => only === undefined || only === family)) {
        new SecurityGroupEgressRule(`${name}-out-${port.name}-${family}`, rule(port, cidr), child);
      }
    }
    for (const [family, { cidr, ...message }] of tooBig) {
      const icmp = { ...message, securityGroupId: args.securityGroupId, description: "Path MTU discovery" };
      new SecurityGroupIngressRule(
        `${name}-in-mtu-${family}`,
        family === "ipv6" ? { ...icmp, cidrIpv6: cidr } : { ...icmp, cidrIpv4: cidr },
        child,
      );
    }
    for (const cidr of args.sshCidrs ?? []) {
      new SecurityGroupIngressRule(`${name}-in-ssh-${cidr}`, rule(ssh, cidr), child);
    }
    for (const cidr of args.metricsCidrs ?? []) {
      new SecurityGroupIngressRule(`${name}-in-metrics-${cidr}`, rule(metrics, cidr), child);
    }
    this.registerOutputs({});
  }
}

interface Port {
  readonly name: string;
  readonly protocol: "tcp" | "udp";
  readonly number: number;
  /** The one address family that it is open in. @default both */
  readonly only?: "ipv4";
  /** The rule's description at AWS. */
  readonly why: string;
}

const everywhere = [
  ["ipv4", "0.0.0.0/0"],
  ["ipv6", "::/0"],
] as const;

/**
 * The message that a packet is too big for a link on the way (RFC 1191, RFC 8201): without it large mail stalls. Of
 * ICMP, EC2 takes the type as the first port and the code as the last. What else IPv6 needs of ICMP (RFC 4890), to
 * find its neighbours and its router, passes EC2's security groups without a rule.
 */
const tooBig = [
  ["ipv4", { cidr: "0.0.0.0/0", ipProtocol: "icmp", fromPort: 3, toPort: 4 }],
  ["ipv6", { cidr: "::/0", ipProtocol: "icmpv6", fromPort: 2, toPort: 0 }],
] as const;

const inbound: readonly Port[] = [
  { name: "smtp", protocol: "tcp", number: 25, why: "SMTP: mail from other servers" },
  { name: "submissions", protocol: "tcp", number: 465, why: "Submission over TLS: mail from users" },
  { name: "submission", protocol: "tcp", number: 587, why: "Submission with STARTTLS: mail from users" },
  { name: "imaps", protocol: "tcp", number: 993, why: "IMAP over TLS: users read their mail" },
  {
    name: "sieve",
    protocol: "tcp",
    number: 4190,
    why: "ManageSieve with STARTTLS: users edit their filters",
  },
  { name: "http", protocol: "tcp", number: 80, why: "HTTP: challenges of the certificate authority" },
  { name: "https", protocol: "tcp", number: 443, why: "HTTPS" },
];

/** The VPC's own services (time, DHCP of both families, metadata) are reached without a rule. */
const outbound: readonly Port[] = [
  // AWS has no reverse names for IPv6 addresses, and large receivers refuse mail from an address without one.
  { name: "smtp", protocol: "tcp", number: 25, only: "ipv4", why: "SMTP: mail to other servers" },
  { name: "dns", protocol: "udp", number: 53, why: "DNS: the host validates DNSSEC itself" },
  { name: "dns-tcp", protocol: "tcp", number: 53, why: "DNS: answers too long for UDP" },
  { name: "http", protocol: "tcp", number: 80, why: "HTTP: Debian packages" },
  { name: "https", protocol: "tcp", number: 443, why: "HTTPS: object storage, certificate authority" },
];

const metrics: Port = { name: "metrics", protocol: "tcp", number: 9443, why: "HTTPS: metrics of the host" };
const ssh: Port = { name: "ssh", protocol: "tcp", number: 22, why: "SSH" };
