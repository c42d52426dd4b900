/** Everything that makes one mail host what it is. Plain data, secrets included: keep it out of logs. */
export interface HostDeclaration {
  /** Fully qualified, for example `mx1.example.org`: the MX target, the EHLO name and the certificate's name. */
  readonly hostname: string;
  readonly domains: readonly DomainDeclaration[];
  readonly mailboxes: readonly MailboxDeclaration[];
  /**
   * Addresses whose mail goes on to others. A declared one goes before those that are there without asking.
   * @default none but postmaster@, abuse@ and hostmaster@ of every domain
   */
  readonly aliases?: readonly AliasDeclaration[];
  /**
   * The greatest size of a message, as SMTP transfers it (RFC 1870 section 5).
   * @default 50 000 000
   */
  readonly messageBytes?: number;
  /**
   * How much each user may send.
   * @default 300 messages an hour, 2000 recipients a day
   */
  readonly sendLimits?: SendLimits;
  /**
   * What each mailbox holds.
   * @default no limit
   */
  readonly quotaBytes?: number;
  /**
   * Addresses of mailboxes that there are no longer, whose mail is deleted. It is kept otherwise.
   * @default none
   */
  readonly purgedMailboxes?: readonly string[];
  /** The mailbox that receives postmaster@, abuse@ and hostmaster@ of every domain (RFC 2142). */
  readonly postmaster: string;
  readonly certificate: {
    /**
     * The key of the host's certificates; PKCS#8 or SEC 1. After a change the former one stays in force, with its
     * certificate, until the authority has issued one for the new key.
     */
    readonly privateKeyPem: string;
    /** The PKCS#10 request that the authority is sent, made with the key above. */
    readonly requestPem: string;
    /** Self-signed with the key above; in force until the authority has issued one. */
    readonly bootstrapPem: string;
  };
  readonly acme: {
    /** The URL of the authority's directory (RFC 8555 section 7.1.1). */
    readonly directory: string;
    /** The account's contact. */
    readonly email: string;
    /**
     * The external account that the authority's account is bound to (RFC 8555 section 7.3.4), for authorities that
     * want one.
     */
    readonly eab?: {
      readonly keyId: string;
      /** Base64url, as the authority gives it out; secret. */
      readonly hmacKey: string;
    };
  };
  /** The EBS volume that holds mail, queue, ACME account and statistics: `vol-` and hexadecimal digits. */
  readonly dataVolumeId: string;
  /** The size of that volume. */
  readonly dataVolumeGiB: number;
  /**
   * Prefixes that may reach SSH.
   * @default none: the host's own firewall closes port 22
   */
  readonly sshCidrs?: readonly string[];
  /**
   * Prefixes that may read the host's metrics, by HTTPS.
   * @default none: they are served to this host alone
   */
  readonly metricsCidrs?: readonly string[];
  /**
   * Whether CloudWatch is told what alarms are about; the instance's role has to allow it.
   * @default false
   */
  readonly alarms?: boolean;
  /**
   * Which senders nobody knows yet have to come again some minutes later.
   * @default "suspicious"
   */
  readonly greylisting?: Greylisting;
  /**
   * Whether lists of spammers' addresses are asked about senders.
   * @default true
   */
  readonly dnsLists?: boolean;
  /**
   * Whether mail is scanned for malware, by ClamAV. It takes 1.2 GiB of memory; until it is ready, mail has to wait.
   * @default false
   */
  readonly antivirus?: boolean;
  /**
   * Networks whose failed logins are not counted, beside the host's own addresses.
   * @default none
   */
  readonly banAllow?: readonly string[];
  /**
   * When to restart if an upgrade requires it, a time of day in UTC (`HH:MM`), or `never`.
   * @default "03:30"
   */
  readonly reboot?: string;
}

export type Greylisting = "never" | "suspicious" | "always";

/** A domain whose mail this host receives and signs. */
export interface DomainDeclaration {
  readonly name: string;
  readonly dkim: readonly DkimKey[];
  /**
   * The mailbox or alias that gets the mail of every address of the domain that there is not.
   * @default none: such mail is refused
   */
  readonly catchAll?: string;
  /**
   * What the host answers by HTTPS for the domain, under names below it and a certificate of the domain's own.
   * @default nothing
   */
  readonly web?: WebDeclaration;
}

/** Mail programs find their settings at `autoconfig.` and `autodiscover.`; their names have to lead to this host. */
export interface WebDeclaration {
  /**
   * The text that `https://mta-sts.DOMAIN/.well-known/mta-sts.txt` answers (RFC 8461 section 3.2), served as it is.
   * @default the host does not answer for `mta-sts.`
   */
  readonly mtaStsPolicy?: string;
}

export interface DkimKey {
  readonly selector: string;
  readonly algorithm: "rsa" | "ed25519";
  /** PKCS#8. */
  readonly privateKeyPem: string;
  /**
   * Whether mail is signed with it. A key that does not sign yet, or any more, is on the host and unused.
   * @default true
   */
  readonly signs?: boolean;
}

export interface MailboxDeclaration {
  readonly address: string;
  /**
   * The name that people see beside the address, such as `Alice Example`; without `:` and control characters.
   * @default none
   */
  readonly displayName?: string;
  /** With its scheme, as Dovecot writes it: `{BLF-CRYPT}$2y$…`. Left out, only the `appPasswords` are accepted. */
  readonly passwordHash?: string;
  /**
   * Further passwords, one a mail program, each of which can be taken back alone.
   * @default none
   */
  readonly appPasswords?: readonly AppPassword[];
  /**
   * Whether the mailbox only submits mail: there is none for it to read, and mail to it is refused.
   * @default false
   */
  readonly sendOnly?: boolean;
  /** Limits of this user's own. @default each as {@link HostDeclaration.sendLimits} has it */
  readonly sendLimits?: SendLimits;
  /**
   * What it holds.
   * @default that of all mailboxes
   */
  readonly quotaBytes?: number;
}

export interface AppPassword {
  /** What the log calls it. */
  readonly name: string;
  /** As that of the mailbox. */
  readonly passwordHash: string;
}

/** Whatever the user's password or address, of what is submitted with authentication. */
export interface SendLimits {
  /** Within any 60 minutes. */
  readonly messagesPerHour?: number;
  /** Within any 24 hours; a message counts once for each of its recipients. */
  readonly recipientsPerDay?: number;
}

export interface AliasDeclaration {
  readonly address: string;
  /** Mailboxes, other aliases, or addresses elsewhere. */
  readonly targets: readonly string[];
}
