export { addressRecord, ipv6AddressRecord } from "./address";
export type { Bimi } from "./bimi";
export type { Issuer } from "./caa";
export { dkimContent, dkimRecord } from "./dkim";
export { type DmarcPolicy, dmarcPolicies, dmarcReportRecord } from "./dmarc";
export {
  type AdoptionChoice,
  adoptionChoices,
  type Conflict,
  conflictOf,
  describeExisting,
  type ExistingRecord,
  unquoted,
} from "./existing";
export {
  type KeyPolicy,
  type KeyStage,
  type LiveKey,
  MIN_ROTATION,
  type PlannedKey,
  planKeys,
  STAGE_DAYS,
} from "./key-plan";
export {
  type MailDomainPlan,
  mailDomainRecords,
  parkedDomainRecords,
  policyOf,
  webNames,
} from "./mail-domain";
export { type MailHostPlan, mailHostRecords } from "./mail-host";
export { type MtaStsMode, mtaStsModes } from "./mta-sts";
export type { DnsRecord, NamedRecords } from "./record";
export { MAX_SPF_LOOKUPS, spfTerm } from "./spf";
export { isSpf, type SpfSenders, spfSenders } from "./spf-senders";
export { tlsaContent, tlsaRecord } from "./tlsa";
export { quoteTxt, txtRecord } from "./txt";
export { ZoneContents } from "./zone-contents";
export { zoneFile } from "./zone-file";
