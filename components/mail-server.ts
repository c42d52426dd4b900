import * as pulumi from "@pulumi/pulumi";
import { addressRecord, type DmarcPolicy, type DnsRecord, ipv6AddressRecord, spfRecord } from "../records";
import { check, type Declared } from "./check";
import { Firewall } from "./firewall";
import { HostCertificate } from "./host-certificate";
import { HostConfig } from "./host-config";
import { MailDomain } from "./mail-domain";
import { type Architecture, hasIpv6, MailHost } from "./mail-host";
import { judged, known, refuse } from "./problems";
import { publish, published } from "./publish";
import { ReverseDns } from "./reverse-dns";

export interface MailServerArgs {
  /** The host's fully qualified name: MX target, EHLO name, PTR and the certificate's name. At most 64 characters. */
  readonly hostname: string;
  /** The Cloudflare zone that the hostname is in. */
  readonly hostZoneId: pulumi.Input<string>;
  /** The domains whose mail the host receives and sends. */
  readonly domains: readonly MailServerDomain[];
  readonly mailboxes: readonly Mailbox[];
  /** The mailbox that receives postmaster@, abuse@ and hostmaster@ of every domain; the ACME account's contact. */
  readonly postmaster: string;
  /** @default "arm64" */
  readonly architecture?: Architecture;
  /** @default "t4g.small" on arm64, "t3.small" on amd64: 2 GiB of memory */
  readonly instanceType?: pulumi.Input<string>;
  /** The volume for mail, queue and certificates, in GiB. It can grow, not shrink. @default 20 */
  readonly dataVolumeGiB?: pulumi.Input<number>;
  /** A public subnet to place the host in. @default a VPC of its own */
  readonly subnetId?: pulumi.Input<string>;
  /** The network of the VPC of its own, /16 to /28. @default "10.25.0.0/24" */
  readonly vpcCidr?: pulumi.Input<string>;
  /**
   * Whether the host receives over IPv6 too: see {@link MailHostArgs.ipv6}.
   * @default true in a VPC of its own, false in a subnet that was passed in
   */
  readonly ipv6?: boolean;
  /** Networks that may reach SSH, IPv4 or IPv6. @default none: SSH is closed */
  readonly sshCidrs?: readonly string[];
  /** The https URL of the certificate authority's directory (RFC 8555). @default Let's Encrypt's */
  readonly acmeDirectory?: pulumi.Input<string>;
  /** Whether the address, the data volume and the DKIM keys are protected from deletion. @default true */
  readonly protect?: boolean;
}

export interface MailServerDomain {
  /** For example `example.com`. */
  readonly name: string;
  /** The Cloudflare zone that the domain is in. */
  readonly zoneId: pulumi.Input<string>;
  /** What receivers do with mail that is not the domain's own. @default "reject" */
  readonly dmarcPolicy?: DmarcPolicy;
  /** Names whose SPF record lists further senders of the domain's mail, at most nine. @default none */
  readonly spfIncludes?: readonly string[];
}

export interface Mailbox {
  /** In one of the domains, lower case. */
  readonly address: string;
  /**
   * With its scheme, as `doveadm pw -s BLF-CRYPT -r 12` prints it: `{BLF-CRYPT}`, `{ARGON2ID}` or `{SHA512-CRYPT}`.
   * Kept as a secret, whether it comes as one or not.
   */
  readonly passwordHash: pulumi.Input<string>;
}

/**
 * A complete mail server: the host, its firewall, its certificate, its name in both directions, and every record its
 * domains need to be trusted.
 *
 * @example
 * ```ts
 * new MailServer("mail", {
 *   hostname: "mx1.example.com",
 *   hostZoneId: zone.zoneId,
 *   domains: [{ name: "example.com", zoneId: zone.zoneId }],
 *   mailboxes: [{ address: "alice@example.com", passwordHash: config.requireSecret("alice") }],
 *   postmaster: "alice@example.com",
 * });
 * ```
 */
export class MailServer extends pulumi.ComponentResource {
  readonly hostname: pulumi.Output<string>;
  readonly publicIp: pulumi.Output<string>;
  /** Where the host receives over IPv6; undefined without {@link MailServerArgs.ipv6}. */
  readonly ipv6Address: pulumi.Output<string | undefined>;
  readonly instanceId: pulumi.Output<string>;
  /** Where the host finds its bundle and reports its status. */
  readonly bucket: pulumi.Output<string>;
  readonly bundleKey: pulumi.Output<string>;
  readonly statusKey: pulumi.Output<string>;
  /** The SHA-256 of the bundle in hexadecimal: the change is on the host once its status has the same. */
  readonly bundleDigest: pulumi.Output<string>;
  /** Every record that is published for the host and its domains. */
  readonly records: pulumi.Output<DnsRecord[]>;
  /** What the host's certificates are pinned by: see {@link HostCertificate.keySha256}. */
  readonly hostKeySha256: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError that lists everything that is wrong with `args` */
  constructor(name: string, args: MailServerArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = `MailServer ${name}`;
    refuse(component, check(knownNow(args)));
    const mailboxes = args.mailboxes.map(({ address, passwordHash }, i) => ({
      address,
      passwordHash: judged(component, pulumi.secret(passwordHash), (hash) => ({
        mailboxes: args.mailboxes.map((_, j) => (i === j ? { passwordHash: hash } : {})),
      })),
    }));
    super("pulumi-mailserver:index:MailServer", name, { ...args, mailboxes }, opts);
    const child = { parent: this };
    const { hostname, hostZoneId, postmaster, sshCidrs = [], protect = true } = args;
    const { architecture, instanceType, dataVolumeGiB, subnetId, vpcCidr, ipv6 } = args;

    const host = new MailHost(
      name,
      { hostname, architecture, instanceType, dataVolumeGiB, subnetId, vpcCidr, ipv6, protect },
      child,
    );
    new Firewall(name, { securityGroupId: host.securityGroupId, sshCidrs }, child);

    const address = publish(`${name}-address`, hostZoneId, addressRecord(hostname, host.publicIp), child);
    new ReverseDns(name, { allocationId: host.allocationId, hostname: address.name }, child);
    const ipv6Address = hasIpv6(args)
      ? [
          publish(
            `${name}-address-ipv6`,
            hostZoneId,
            ipv6AddressRecord(hostname, given(host.ipv6Address)),
            child,
          ),
        ]
      : [];
    // A bounce has no sender, so receivers ask for the SPF record of the EHLO name (RFC 7208 section 2.4).
    const heloSpf = args.domains.some((domain) => domain.name === hostname)
      ? []
      : [publish(`${name}-helo-spf`, hostZoneId, spfRecord(hostname, ["a"]), child)];

    const certificate = new HostCertificate(name, { hostname }, child);
    const domains = args.domains.map(
      ({ name: domain, ...rest }) =>
        new MailDomain(`${name}-${domain}`, { domain, hostname, protect, ...rest }, child),
    );

    const config = new HostConfig(
      name,
      {
        bucket: host.bucket,
        bundleKey: host.bundleKey,
        host: pulumi.output({
          hostname,
          domains: domains.map(({ domain, dkim }) => ({ name: domain, dkim })),
          mailboxes,
          postmaster,
          certificate: {
            privateKeyPem: certificate.privateKeyPem,
            requestPem: certificate.requestPem,
            bootstrapPem: certificate.bootstrapPem,
          },
          acme: {
            directory: judged(component, args.acmeDirectory ?? letsEncrypt, (acmeDirectory) => ({
              acmeDirectory,
            })),
            email: postmaster,
          },
          dataVolumeId: host.dataVolumeId,
          sshCidrs,
        }),
      },
      child,
    );

    this.hostname = pulumi.output(hostname);
    this.publicIp = host.publicIp;
    this.ipv6Address = host.ipv6Address;
    this.instanceId = host.instanceId;
    this.bucket = host.bucket;
    this.bundleKey = host.bundleKey;
    this.statusKey = host.statusKey;
    this.bundleDigest = config.bundleDigest;
    this.records = pulumi
      .all([published([address, ...ipv6Address, ...heloSpf]), ...domains.map(({ records }) => records)])
      .apply((lists) => lists.flat());
    this.hostKeySha256 = certificate.keySha256;
    this.registerOutputs({
      hostname: this.hostname,
      publicIp: this.publicIp,
      ipv6Address: this.ipv6Address,
      instanceId: this.instanceId,
      bucket: this.bucket,
      bundleKey: this.bundleKey,
      statusKey: this.statusKey,
      bundleDigest: this.bundleDigest,
      records: this.records,
      hostKeySha256: this.hostKeySha256,
    });
  }
}

/** An instance without the address that was asked for must not lose its record unnoticed. */
function given(address: pulumi.Output<string | undefined>): pulumi.Output<string> {
  return address.apply((text) => {
    if (text !== undefined) return text;
    throw new Error("AWS gave the host no IPv6 address: has its subnet an IPv6 block?");
  });
}

const letsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";

function knownNow(args: MailServerArgs): Declared {
  return {
    ...args,
    mailboxes: args.mailboxes.map(({ address, passwordHash }) => ({
      address,
      passwordHash: known(passwordHash),
    })),
    instanceType: known(args.instanceType),
    dataVolumeGiB: known(args.dataVolumeGiB),
    subnetId: known(args.subnetId),
    vpcCidr: known(args.vpcCidr),
    acmeDirectory: known(args.acmeDirectory),
  };
}
