export { addressRecord, ipv6AddressRecord } from "./address";
export { dkimContent, dkimRecord } from "./dkim";
export { type DmarcPolicy, dmarcPolicies, dmarcRecord } from "./dmarc";
export { mxRecord } from "./mx";
export type { DnsRecord } from "./record";
export { MAX_SPF_LOOKUPS, type SpfMechanism, spfRecord } from "./spf";
export { quoteTxt, txtRecord } from "./txt";
export { zoneFile } from "./zone-file";
