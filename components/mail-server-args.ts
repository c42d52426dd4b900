import type * as pulumi from "@pulumi/pulumi";
import type { Greylisting } from "../host";
import type { AdoptionChoice, ZoneContents } from "../records";
import type { MailDomainChoices } from "./mail-domain";
import type { Architecture } from "./mail-host";
import type { SpfLookups } from "./spf-lookups";

export interface MailServerArgs {
  /** The host's fully qualified name: MX target, EHLO name, PTR and the certificate's name. At most 64 characters. */
  readonly hostname: string;
  /** The Cloudflare zone that the hostname is in. */
  readonly hostZoneId: pulumi.Input<string>;
  /** Of the Cloudflare account that has the host's zone. @default the program's own */
  readonly hostZoneProvider?: pulumi.ProviderResource;
  /** The domains whose mail the host receives and sends. */
  readonly domains: readonly MailServerDomain[];
  /** Domains that do no mail and shall say so. @default none */
  readonly parkedDomains?: readonly MailServerParkedDomain[];
  readonly mailboxes: readonly Mailbox[];
  /** @default none, but postmaster@, abuse@ and hostmaster@ of every domain and of the host */
  readonly aliases?: readonly Alias[];
  /** Whether aliases may lead to addresses outside of the domains. @default false */
  readonly aliasesOutside?: boolean;
  /**
   * The greatest size of a message, sent or received, such as `"50 MB"`: what its own lines take, as SMTP transfers
   * them (RFC 1870 section 5). From 1 MB to 150 MB.
   * @default "50 MB"
   */
  readonly messageSize?: string;
  /** How much each user may send. @default 300 messages an hour, 2000 recipients a day */
  readonly sendLimits?: SendLimits;
  /** What each mailbox holds: a number and KB, MB, GB, TB, or KiB to TiB, such as `5 GB`. @default no limit */
  readonly quota?: string;
  /**
   * Addresses of mailboxes that are no longer declared, whose mail the host deletes for good. @default none: the mail of
   * a mailbox that is taken out is kept, and is there again when it comes back
   */
  readonly purgedMailboxes?: readonly string[];
  /** The mailbox that receives postmaster@, abuse@ and hostmaster@ of every domain; the ACME account's contact. */
  readonly postmaster: string;
  /** @default "arm64" */
  readonly architecture?: Architecture;
  /**
   * @default "t4g.small" on arm64, "t3.small" on amd64: 2 GiB of memory; with `antivirus` "t4g.medium" and "t3.medium",
   * which have 4
   */
  readonly instanceType?: pulumi.Input<string>;
  /** The volume for mail, queue and certificates, in GiB. It can grow, and the host with it, not shrink. @default 20 */
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
  /**
   * Networks that may read the host's metrics (Prometheus) at `https://HOSTNAME:9443/metrics`, IPv4 or IPv6.
   * @default none: they are on the host's loopback alone
   */
  readonly metricsCidrs?: readonly string[];
  /** The ARN of the SNS topic that {@link HostAlarms} tells. @default no alarms */
  readonly alarmTopic?: pulumi.Input<string>;
  /**
   * Which senders that nobody knows yet have to come again some minutes later: none, those whose message is suspicious,
   * or all but those whose domain vouches for the message (DMARC) or whose message answers a user's.
   * @default "suspicious"
   */
  readonly greylisting?: Greylisting;
  /** Whether public DNS lists of spammers' addresses are asked about senders. @default true */
  readonly dnsLists?: boolean;
  /**
   * Whether mail is scanned for malware by ClamAV, and refused with it, incoming and submitted. That takes 1.2 GiB of
   * memory more, so an instance of 4 GiB; the default instance type follows, and another type is a short stop of the host.
   * @default false
   */
  readonly antivirus?: boolean;
  /** Networks whose failed logins never ban an address, IPv4 or IPv6. @default none beside the host's own addresses */
  readonly banAllow?: readonly string[];
  /** How the host's software is kept current. */
  readonly updates?: {
    /**
     * When the host restarts if an upgrade requires it, a time of day in UTC such as `03:30`; upgrades are installed in
     * the hour before. `never` leaves restarts to you.
     * @default "03:30"
     */
    readonly reboot?: string;
  };
  /** The https URL of the certificate authority's directory (RFC 8555). @default Let's Encrypt's */
  readonly acmeDirectory?: pulumi.Input<string>;
  /** The external account that the authority binds ACME accounts to (RFC 8555 section 7.3.4). @default none */
  readonly acmeEab?: AcmeExternalAccount;
  /**
   * The authority's name in CAA records, `caaIdentities` of its directory. @default known for the public authorities;
   * of another one, CAA records of the host do not limit who may issue
   */
  readonly caaIdentity?: string;
  /** The ACME account that alone may be issued certificates, `acmeAccount` of the host's status. @default any */
  readonly acmeAccountUri?: string;
  /**
   * The generation of the host's key, at least: raise it by one to exchange the key that TLSA records vouch for.
   * @default 1
   */
  readonly hostKeyEpoch?: number;
  /** What becomes of records of others at the host's name, by what they are for. @default each is an error */
  readonly existing?: Readonly<Record<string, AdoptionChoice>>;
  /** What the stack was called before it was renamed, `project/stack`: its records of then are still its own. */
  readonly formerStack?: string;
  /**
   * What the zones hold, from {@link lookUpZones}. @default not known: nothing is compared with what is there, and keys
   * are of the first generation for ever
   */
  readonly contents?: ZoneContents;
  /** What the senders that domains include cost, from {@link countSpfLookups}. @default one look-up each */
  readonly spfLookups?: SpfLookups;
  /** Whether the address, the data volume and the keys are protected from deletion. @default true */
  readonly protect?: boolean;
}

export interface MailServerDomain extends MailDomainChoices {
  /** For example `example.com`. */
  readonly name: string;
  /** The Cloudflare zone that the domain is in. */
  readonly zoneId: pulumi.Input<string>;
  /** The mailbox or alias that gets the mail of all addresses that there are not. @default none: it is refused */
  readonly catchAll?: string;
  /** Of the Cloudflare account that has the zone. @default the program's own */
  readonly provider?: pulumi.ProviderResource;
}

export interface MailServerParkedDomain {
  /** For example `example.net`. */
  readonly name: string;
  /** The Cloudflare zone that the domain is in. */
  readonly zoneId: pulumi.Input<string>;
  /** What becomes of records of others in the way, by what they are for. @default each is an error */
  readonly existing?: Readonly<Record<string, AdoptionChoice>>;
  /** Of the Cloudflare account that has the zone. @default the program's own */
  readonly provider?: pulumi.ProviderResource;
}

export interface AcmeExternalAccount {
  readonly keyId: string;
  /** Base64url, as the authority gives it out. Kept as a secret, whether it comes as one or not. */
  readonly hmacKey: pulumi.Input<string>;
}

export interface Mailbox {
  /** In one of the domains, lower case. */
  readonly address: string;
  /**
   * The name that people see beside the address, such as `Alice Example`: 1 to 64 characters, no colon and no control
   * characters. In mail that the host writes and on the host, and in nothing that strangers can ask. @default none
   */
  readonly displayName?: string;
  /**
   * With its scheme, as `npx mailserver password` prints it: `{BLF-CRYPT}`, `{ARGON2ID}` or `{SHA512-CRYPT}`.
   * Kept as a secret, whether it comes as one or not. @default none: the app passwords are the only ones
   */
  readonly passwordHash?: pulumi.Input<string>;
  /** Further passwords, one a mail program, so that each can be taken back alone; at most ten. @default none */
  readonly appPasswords?: readonly AppPassword[];
  /**
   * Whether the mailbox may do nothing but submit: it can't be read, mail to it is refused, and the postmaster gets the
   * bounces of what it sent. @default false
   */
  readonly sendOnly?: boolean;
  /** Limits of this user's own. @default each as {@link MailServerArgs.sendLimits} has it */
  readonly sendLimits?: SendLimits;
  /** What it holds, as that of all mailboxes. @default that of all mailboxes */
  readonly quota?: string;
}

export interface AppPassword {
  /** What uses it, such as `phone`: letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** As that of the mailbox. */
  readonly passwordHash: pulumi.Input<string>;
}

/**
 * How much a user may send, whatever password or address is used. What is above is refused until the limit opens again,
 * and the postmaster is told: somebody else may have the password.
 */
export interface SendLimits {
  /** Within any 60 minutes, 1 to 100000. @default 300 */
  readonly messagesPerHour?: number;
  /** Within any 24 hours, 1 to 1000000; a message counts once for each of its recipients. @default 2000 */
  readonly recipientsPerDay?: number;
}

/** An address whose mail goes to others; their owners may send as it. */
export interface Alias {
  /** In one of the domains, lower case, and no mailbox. */
  readonly address: string;
  /** Mailboxes and other aliases, with or without an extension; addresses elsewhere with `aliasesOutside`. */
  readonly targets: readonly string[];
}
