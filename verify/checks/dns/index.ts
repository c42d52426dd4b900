import type { Check } from "../../check";
import { dnsDnssec } from "./dnssec";
import { dnsDnssecAlgorithm } from "./dnssec-algorithm";
import { dnsDnssecMx } from "./dnssec-mx";
import { dnsDomainkey } from "./domainkey";
import { dnsExists } from "./exists";
import { dnsNameservers } from "./nameservers";
import { dnsNameserversAgree } from "./nameservers-agree";
import { dnsNameserversIpv6 } from "./nameservers-ipv6";

export const dns: readonly Check[] = [
  dnsExists,
  dnsNameservers,
  dnsNameserversAgree,
  dnsNameserversIpv6,
  dnsDnssec,
  dnsDnssecMx,
  dnsDnssecAlgorithm,
  dnsDomainkey,
];
