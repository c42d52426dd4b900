export type { Greylisting } from "../host";
export {
  type AdoptionChoice,
  type Bimi,
  type DmarcPolicy,
  type DnsRecord,
  type ExistingRecord,
  type MtaStsMode,
  ZoneContents,
  zoneFile,
} from "../records";
export { HostAlarms, type HostAlarmsArgs } from "./alarms";
export type { CloudflareAccount } from "./cloudflare-accounts";
export type { DkimKey } from "./dkim-keys";
export { Firewall, type FirewallArgs } from "./firewall";
export { HostBucket, type HostBucketArgs } from "./host-bucket";
export { HostCertificate, type HostCertificateArgs, type HostKey } from "./host-certificate";
export { HostConfig, type HostConfigArgs } from "./host-config";
export { HostNetwork, type HostNetworkArgs } from "./host-network";
export { HostRole, type HostRoleArgs } from "./host-role";
export { MailDomain, type MailDomainArgs, type MailDomainChoices } from "./mail-domain";
export { type Architecture, MailHost, type MailHostArgs } from "./mail-host";
export { MailServer } from "./mail-server";
export type {
  AcmeExternalAccount,
  Mailbox,
  MailServerArgs,
  MailServerDomain,
  MailServerParkedDomain,
  SendLimits,
} from "./mail-server-args";
export { ParkedDomain, type ParkedDomainArgs } from "./parked-domain";
export { ReverseDns, type ReverseDnsArgs } from "./reverse-dns";
export { countSpfLookups, type SpfLookups } from "./spf-lookups";
export { type DelegationSigner, ZoneDnssec, type ZoneDnssecArgs } from "./zone-dnssec";
export { lookUpZones, type ZonePlace, type ZoneReference, type Zones } from "./zones";
