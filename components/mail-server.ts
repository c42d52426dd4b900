import * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "../records";
import { publications } from "./adoption";
import { HostAlarms } from "./alarms";
import { letsEncrypt } from "./authorities";
import { check } from "./check";
import { checkPasswordsGiven } from "./check-mailboxes";
import { Firewall } from "./firewall";
import { HostCertificate } from "./host-certificate";
import { HostConfig } from "./host-config";
import { planHostKeys, publishHostKeys } from "./host-keys";
import { MailDomain } from "./mail-domain";
import { MailHost } from "./mail-host";
import type { MailServerArgs } from "./mail-server-args";
import {
  addressesOf,
  domainArgs,
  hostPlace,
  knownNow,
  recordsOfHost,
  stateOf,
  zoneProblems,
} from "./mail-server-plan";
import { withSecrets } from "./mailboxes";
import { ParkedDomain } from "./parked-domain";
import { judged, refuse } from "./problems";
import { publish, published } from "./publish";
import { ReverseDns } from "./reverse-dns";
import { parseSize } from "./size";

/**
 * A complete mail server: the host, its firewall, its certificate, its name in both directions, and every record its
 * domains need to be trusted.
 *
 * @example
 * ```ts
 * const zones = await lookUpZones([{ name: "example.com", key: "example.com" }]);
 * new MailServer("mail", {
 *   hostname: "mx1.example.com",
 *   hostZoneId: zones.at("example.com").zoneId,
 *   contents: zones.contents,
 *   domains: [{ name: "example.com", ...zones.at("example.com") }],
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
  readonly records: pulumi.Output<readonly DnsRecord[]>;
  /** What the host's certificates are pinned by: see {@link HostCertificate.keySha256}. */
  readonly hostKeySha256: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError that lists everything that is wrong with `args` */
  constructor(name: string, args: MailServerArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = `MailServer ${name}`;
    const problems = [...check(knownNow(args)), ...checkPasswordsGiven(args.mailboxes)];
    // What is there is compared with what is right: a wrong name would only be complained about twice.
    refuse(component, problems.length > 0 ? problems : zoneProblems(name, args));
    const mailboxes = withSecrets(component, args.mailboxes);
    const acmeEab = args.acmeEab && { ...args.acmeEab, hmacKey: pulumi.secret(args.acmeEab.hmacKey) };
    super("pulumi-mailserver:index:MailServer", name, { ...stateOf(args), mailboxes, acmeEab }, opts);
    const child = { parent: this };
    const {
      hostname,
      postmaster,
      contents,
      formerStack,
      sendLimits,
      sshCidrs = [],
      metricsCidrs = [],
      protect = true,
    } = args;
    const { greylisting, dnsLists, antivirus } = args;
    const { architecture, instanceType, dataVolumeGiB, subnetId, vpcCidr, ipv6 } = args;
    const alarms = args.alarmTopic !== undefined;
    const [applied, whenApplied] = pulumi.deferredOutput<unknown>();

    const host = new MailHost(
      name,
      {
        ...{ hostname, architecture, instanceType, antivirus, dataVolumeGiB, subnetId, vpcCidr },
        ...{ ipv6, alarms, protect },
      },
      child,
    );
    new Firewall(name, { securityGroupId: host.securityGroupId, sshCidrs, metricsCidrs }, child);
    if (args.alarmTopic !== undefined) {
      const alarmTopic = judged(component, args.alarmTopic, (alarmTopic) => ({ alarmTopic }));
      new HostAlarms(name, { hostname, instanceId: host.instanceId, alarmTopic }, child);
    }

    const place = hostPlace(name, args);
    const inHostZone = { ...child, provider: args.hostZoneProvider };
    const hostRecords = publications(
      { ...addressesOf(args, host.publicIp, () => given(host.ipv6Address)), ...recordsOfHost(args) },
      place,
    );
    const made = new Map(
      hostRecords.map(([role, record]) => [role, publish(`${name}-${role}`, record, inHostZone)]),
    );
    // The record's own name: it has to be there first.
    const forward = made.get("address")?.name ?? hostname;
    new ReverseDns(name, { allocationId: host.allocationId, hostname: forward }, child);
    const keys = planHostKeys(hostname, place, { epoch: args.hostKeyEpoch });
    const certificate = new HostCertificate(name, { hostname, keys, protect }, child);
    const tlsa = publishHostKeys(name, hostname, place, certificate.keys, applied, inHostZone);

    const domains = domainArgs(args).map(
      ({ provider, ...domain }) =>
        new MailDomain(
          `${name}-${domain.domain}`,
          { ...domain, protect, ready: applied },
          { ...child, provider },
        ),
    );
    const parked = (args.parkedDomains ?? []).map(
      ({ name: domain, provider, ...rest }) =>
        new ParkedDomain(
          `${name}-${domain}`,
          { domain, contents, formerStack, ...rest },
          { ...child, provider },
        ),
    );

    const config = new HostConfig(
      name,
      {
        bucket: host.bucket,
        bundleKey: host.bundleKey,
        host: pulumi.output({
          hostname,
          domains: domains.map(({ domain, dkim, mtaStsPolicy }, i) => ({
            name: domain,
            dkim,
            catchAll: args.domains[i]?.catchAll,
            web: { mtaStsPolicy },
          })),
          mailboxes,
          aliases: args.aliases,
          messageBytes: bytes(args.messageSize),
          sendLimits,
          quotaBytes: bytes(args.quota),
          purgedMailboxes: args.purgedMailboxes,
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
            eab: acmeEab,
          },
          dataVolumeId: host.dataVolumeId,
          dataVolumeGiB: host.dataVolumeGiB,
          sshCidrs,
          metricsCidrs,
          alarms,
          greylisting,
          dnsLists,
          antivirus,
          banAllow: args.banAllow,
          reboot: args.updates?.reboot,
        }),
      },
      child,
    );
    whenApplied(config.uploaded);

    this.hostname = pulumi.output(hostname);
    this.publicIp = host.publicIp;
    this.ipv6Address = host.ipv6Address;
    this.instanceId = host.instanceId;
    this.bucket = host.bucket;
    this.bundleKey = host.bundleKey;
    this.statusKey = host.statusKey;
    this.bundleDigest = config.bundleDigest;
    this.records = pulumi
      .all([
        published([...hostRecords.map(([, { record }]) => record), ...tlsa]),
        ...[...domains, ...parked].map(({ records }) => records),
      ])
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

/** Of a size that was found good. */
function bytes(size: string | undefined): number | undefined {
  return size === undefined ? undefined : parseSize(size);
}

/** An instance without the address that was asked for must not lose its record unnoticed. */
function given(address: pulumi.Output<string | undefined>): pulumi.Output<string> {
  return address.apply((text) => {
    if (text !== undefined) return text;
    throw new Error("AWS gave the host no IPv6 address: has its subnet an IPv6 block?");
  });
}
