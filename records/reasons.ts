/** Why a record is published. */
export interface Reason {
  /** The standard that it comes from. */
  readonly source: string;
  /** What it is unless something else is declared, and by which key that is done. */
  readonly standard: string;
  readonly why: string;
}

/** By what the records are for: the keys are those of {@link mailHostRecords} and its like. */
export const reasons: Readonly<Record<string, Reason>> = {
  address: {
    source: "RFC 1035",
    standard: "the Elastic IP",
    why: "Mail comes to it, and its PTR record leads back to it. Five minutes, since mail waits when a host moves.",
  },
  "address-ipv6": {
    source: "RFC 3596",
    standard: "an address of the host's own VPC",
    why: "Senders that have only IPv6 can deliver. The host itself sends over IPv4: no resource on AWS gives an IPv6 address its PTR record, and large receivers refuse mail from one without.",
  },
  "helo-spf": {
    source: "RFC 7208 section 2.4",
    standard: "the host alone",
    why: "A bounce has no sender, so receivers ask for the SPF record of the name in EHLO.",
  },
  tlsa: {
    source: "RFC 7672",
    standard: "3 1 1 of the key in use and of the next one; `hostKeyEpoch` exchanges them",
    why: "Senders that heed DANE deliver to this key and to nobody else's. The next one is there before it is used, so no mail is held back when keys change.",
  },
  "caa-issue": {
    source: "RFC 8659, RFC 8657",
    standard: "the authority of `acmeDirectory`, by HTTP-01; `acmeAccountUri` limits it to one account",
    why: "No other authority issues a certificate for the host, and this one only to whoever answers on the host's port 80.",
  },
  "caa-issuer": {
    source: "RFC 8659 section 4.2",
    standard: "any authority; `caaIssuers` names those that may issue",
    why: "Limits the certificates of the domain's web sites too, so it is for their owner to choose.",
  },
  "caa-issuewild": {
    source: "RFC 8659 section 4.3",
    standard: "nobody; at the domain only together with `caaIssuers`",
    why: "A wildcard certificate would be good for every name at once, and the host has no use for one.",
  },
  "caa-issuemail": {
    source: "RFC 9495",
    standard: "nobody",
    why: "No S/MIME certificate for an address of the domain can be had by deceiving an authority.",
  },
  "caa-iodef": {
    source: "RFC 8659 section 4.4",
    standard: "the postmaster",
    why: "An authority that is asked for a certificate against these records can say so.",
  },
  mx: {
    source: "RFC 5321 section 5.1, RFC 7505",
    standard: "the host; none with `shadow`; `.` for a parked domain",
    why: "Where the domain's mail goes. A parked domain says that it takes none, so that senders give up at once.",
  },
  spf: {
    source: "RFC 7208",
    standard: "the host by its name, `spfAddresses`, `spfIncludes`, and nobody else (`-all`)",
    why: "Who may send with the domain in MAIL FROM. One record with all senders: two void each other.",
  },
  dkim: {
    source: "RFC 6376, RFC 8301, RFC 8463",
    standard:
      "RSA with 2048 bits and Ed25519, each the key in use and the next; `dkimEpoch` and `rotateEvery` exchange them",
    why: "Both sign every message: RSA for every receiver, Ed25519 for those that know it.",
  },
  "dkim-none": {
    source: "RFC 6376 section 3.6.1",
    standard: "an empty key for every selector of a parked domain",
    why: "Whatever claims to be signed by the domain is not.",
  },
  dmarc: {
    source: "RFC 9989",
    standard: "reject (`dmarcPolicy`), reports to the host, which sums them up (`dmarcReports`)",
    why: "What becomes of mail with the domain in From that neither SPF nor DKIM vouches for.",
  },
  "dmarc-reports-of": {
    source: "RFC 9990 section 4",
    standard: "for each domain of the stack whose `dmarcReports` lead to another one of it",
    why: "Nobody sends a domain's reports to another one that has not agreed.",
  },
  "mta-sts": {
    source: "RFC 8461",
    standard: "enforce (`mtaSts`), two weeks; testing with `shadow`",
    why: "Senders deliver under TLS to this host or not at all. The id is made from the policy, so it changes exactly when the policy does.",
  },
  "mta-sts-host": {
    source: "RFC 8461 section 3.3",
    standard: "the host, which has a certificate for the name",
    why: "Where senders fetch the policy.",
  },
  "tls-rpt": {
    source: "RFC 8460",
    standard: "the host, which sums them up (`tlsReports`)",
    why: "Senders report when TLS fails on the way; else nobody hears of mail that is held back.",
  },
  "autoconfig-host": {
    source: "draft-ietf-mailmaint-autoconfig",
    standard: "the host",
    why: "Thunderbird and others find their settings there, Apple's devices a profile.",
  },
  "autodiscover-host": {
    source: "MS-OXDISCO",
    standard: "the host",
    why: "Outlook finds its settings there.",
  },
  srv: {
    source: "RFC 6186, RFC 8314, RFC 5804",
    standard: "submissions, submission, imaps and sieve; `.` for imap, pop3 and pop3s",
    why: "Mail programs find what is offered, and do not wait for what is not.",
  },
  bimi: {
    source: "draft-brand-indicators-for-message-identification",
    standard: "none (`bimi`)",
    why: "Some receivers show the logo beside mail that passed DMARC.",
  },
};
