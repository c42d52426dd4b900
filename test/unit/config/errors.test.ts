import { RunError } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { parse } from "../../../config";
import { argon2id, blowfish, sha512 } from "./support/hashes";
import { stack } from "./support/stack";

const alice = { address: "alice@example.org", passwordHash: blowfish };
const sizes = "a number and KB, MB, GB, TB (of 1000) or KiB, MiB, GiB, TiB (of 1024)";
const withHash = (passwordHash: unknown) => ({ mailboxes: [{ ...alice, passwordHash }] });
const aName = "lower case, labels of letters, digits and hyphens, no trailing dot";
const aHash = "{BLF-CRYPT}, {ARGON2ID} or {SHA512-CRYPT} (`npx mailserver password` makes one)";

/** A wrong configuration, and the one line that says so. */
const table: readonly [what: string, changes: Record<string, unknown>, line: string][] = [
  [
    "no hostname",
    { hostname: undefined },
    "hostname: got nothing, wants the host's fully qualified name, such as mx1.example.com",
  ],
  [
    "a hostname that is none",
    { hostname: "mx1_example.org" },
    `hostname: got "mx1_example.org", wants a fully qualified host name such as mx1.example.com: ${aName}`,
  ],
  [
    "a hostname with a capital letter",
    { hostname: "MX1.example.org" },
    `hostname: got "MX1.example.org", wants a fully qualified host name such as mx1.example.com: ${aName}`,
  ],
  [
    "a hostname too long for a certificate",
    { hostname: `${"a".repeat(60)}.example.org` },
    `hostname: got "${"a".repeat(60)}.example.org", wants at most 64 characters, the limit of a certificate's common name`,
  ],
  [
    "a hostname outside any zone",
    { hostname: "mx1.example.net" },
    'hostname: got "mx1.example.net", wants a name in a zone of the domains (example.org), or the key mailserver:hostZone for the zone it is in',
  ],
  [
    "a host zone that the hostname is not in",
    { hostZone: "example.net" },
    'hostZone: got "example.net", wants a zone that mx1.example.org is in',
  ],
  [
    "a host zone that is no name",
    { hostZone: "example" },
    'hostZone: got "example", wants the name of a Cloudflare zone',
  ],
  ["no domains", { domains: undefined }, "domains: got nothing, wants a list of domains, each with a name"],
  ["an empty list of domains", { domains: [] }, "domains: got [], wants at least one domain"],
  [
    "domains that are no list",
    { domains: "example.org" },
    "domains: got a text, wants a list of domains, each with a name",
  ],
  ["a domain that is no object", { domains: ["example.org"] }, "domains[0]: got a text, wants an object"],
  [
    "a domain without a name",
    { domains: [{}] },
    "domains[0].name: got nothing, wants the domain, such as example.com",
  ],
  [
    "a domain with a name of another type",
    { domains: [{ name: 7 }] },
    "domains[0].name: got a number, wants the domain, such as example.com",
  ],
  [
    "a domain that is none",
    { domains: [{ name: "example.org" }, { name: "exa mple.org" }] },
    `domains[1].name: got "exa mple.org", wants a fully qualified domain such as example.com: ${aName}`,
  ],
  [
    "a domain given twice",
    { domains: [{ name: "example.org" }, { name: "example.org" }] },
    'domains[1].name: got "example.org", wants another one than domains[0].name, which is the same',
  ],
  [
    "a domain outside the zone that is named",
    { domains: [{ name: "example.org", zone: "example.net" }], hostZone: "example.org" },
    'domains[0].zone: got "example.net", wants a zone that "example.org" is in',
  ],
  [
    "an unknown DMARC policy",
    { domains: [{ name: "example.org", dmarcPolicy: "block" }] },
    'domains[0].dmarcPolicy: got "block", wants one of none, quarantine, reject',
  ],
  [
    "an SPF include that is no name",
    { domains: [{ name: "example.org", spfIncludes: ["include:x"] }] },
    'domains[0].spfIncludes: got ["include:x"], wants a list of domain names whose SPF record names further senders',
  ],
  [
    "an SPF include of another type",
    { domains: [{ name: "example.org", spfIncludes: [1] }] },
    "domains[0].spfIncludes[0]: got a number, wants a text",
  ],
  [
    "more SPF includes than receivers look up",
    {
      domains: [
        { name: "example.org", spfIncludes: Array.from({ length: 10 }, (_, i) => `s${i}.example.net`) },
      ],
    },
    "domains[0].spfIncludes: got [",
  ],
  [
    "a misspelt key of a domain",
    { domains: [{ name: "example.org", dmarc: "none" }] },
    "domains[0].dmarc: got an unknown key, wants one of bimi, caaIssuers, catchAll, dkimEpoch, dmarcPolicy, dmarcReports, existing, mtaSts, name, rotateEvery, shadow, spfAddresses, spfIncludes, tlsReports, zone",
  ],
  [
    "domains that differ only in case",
    { domains: [{ name: "example.org" }, { name: "Example.org" }] },
    'domains[1].name: got "Example.org", wants a fully qualified domain such as example.com: lower case, labels of letters, digits and hyphens, no trailing dot; and another one than domains[0].name, which is the same',
  ],
  [
    "domains that differ only by a trailing dot",
    { domains: [{ name: "example.org" }, { name: "example.org." }] },
    'domains[1].name: got "example.org.", wants a fully qualified domain such as example.com: lower case, labels of letters, digits and hyphens, no trailing dot; and another one than domains[0].name, which is the same',
  ],
  [
    "a domain that is too long for the names below it",
    { domains: [{ name: "example.org" }, { name: `${`${"a".repeat(58)}.`.repeat(4)}org` }] },
    `domains[1].name: got "${`${"a".repeat(58)}.`.repeat(4)}org", wants at most 234 characters, so that the names below it have at most 253 (RFC 1035 section 3.1)`,
  ],
  [
    "a domain that is both in use and parked",
    { parkedDomains: [{ name: "example.org" }] },
    'parkedDomains[0].name: got "example.org", wants another one than domains[0].name, which is the same',
  ],
  [
    "a domain in two zones",
    {
      domains: [
        { name: "example.org" },
        { name: "mail.example.org" },
        { name: "a.mail.example.org", zone: "example.org" },
      ],
    },
    'domains[2].zone: got "example.org", wants mail.example.org, which a.mail.example.org is in too and which answers for it',
  ],
  [
    "a host with the name that a domain's mail programs find their settings at",
    { hostname: "autoconfig.example.org" },
    'hostname: got "autoconfig.example.org", wants another name: domains[0] has this one as an alias of the host',
  ],
  [
    "a domain with the name that another one's MTA-STS policy is at",
    { domains: [{ name: "example.org" }, { name: "mta-sts.example.org", zone: "example.org" }] },
    'domains[1].name: got "mta-sts.example.org", wants another name: domains[0] has this one as an alias of the host',
  ],
  [
    "a parked domain with the name that a domain's mail programs find their settings at",
    { parkedDomains: [{ name: "autodiscover.example.org", zone: "example.org" }] },
    'parkedDomains[0].name: got "autodiscover.example.org", wants another name: domains[0] has this one as an alias of the host',
  ],
  [
    "a rotation that is shorter than its stages",
    { domains: [{ name: "example.org", rotateEvery: 7 }] },
    "domains[0].rotateEvery: got 7, wants days, a whole number from 12 to 3650: a key is published before it signs, and after, for as long as mail may be on its way",
  ],
  [
    "a report address that is none",
    { domains: [{ name: "example.org", dmarcReports: ["mailto:reports@example.org"] }] },
    'domains[0].dmarcReports[0]: got "mailto:reports@example.org", wants an address such as reports@example.com: lower case, without +',
  ],
  [
    "a sender's network that is half the Internet",
    { domains: [{ name: "example.org", spfAddresses: ["0.0.0.0/1"] }] },
    'domains[0].spfAddresses[0]: got "0.0.0.0/1", wants a prefix of /16 or longer, of IPv6 /32',
  ],
  [
    "an MTA-STS mode that does not exist",
    { domains: [{ name: "example.org", mtaSts: "on" }] },
    'domains[0].mtaSts: got "on", wants one of enforce, testing, none',
  ],
  [
    "a BIMI logo without its URL",
    { domains: [{ name: "example.org", bimi: { certificate: "https://example.org/vmc.pem" } }] },
    "domains[0].bimi.logo: got nothing, wants the https URL of a logo in SVG Tiny PS",
  ],
  [
    "a decision on another's record that there is not",
    { domains: [{ name: "example.org", existing: { mx: "delete" } }] },
    'domains[0].existing.mx: got "delete", wants one of leave, adopt, replace, merge',
  ],
  [
    "a limit of sending that lets nobody send",
    { sendLimits: { messagesPerHour: 0 } },
    "sendLimits.messagesPerHour: got 0, wants messages within an hour, a whole number from 1 to 100000",
  ],
  [
    "a limit of sending that is no number",
    { sendLimits: { recipientsPerDay: "many" } },
    'sendLimits.recipientsPerDay: got "many", wants a whole number of recipients within a day',
  ],
  [
    "a misspelt limit of sending",
    { sendLimits: { messagesPerDay: 10 } },
    "sendLimits.messagesPerDay: got an unknown key, wants one of messagesPerHour, recipientsPerDay",
  ],
  [
    "limits of sending that are no object",
    { sendLimits: "300" },
    "sendLimits: got a number, wants an object",
  ],
  [
    "a mailbox's limit that lets it write to nobody",
    { mailboxes: [{ ...alice, sendLimits: { recipientsPerDay: 0 } }] },
    "mailboxes[0].sendLimits.recipientsPerDay: got 0, wants recipients within a day, a whole number from 1 to 1000000",
  ],
  [
    "a message size without a unit",
    { messageSize: "52428800" },
    'messageSize: got "52428800", wants a message\'s greatest size such as "1 MB" or "1.5 GB": a number and KB, MB, GB, TB (of 1000) or KiB, MiB, GiB, TiB (of 1024)',
  ],
  [
    "a message size that no mail fits in",
    { messageSize: "999 KB" },
    'messageSize: got "999 KB", wants a message\'s greatest size from "1 MB" to "150 MB"',
  ],
  [
    "a message size that the host's memory does not allow",
    { messageSize: "1 GB" },
    'messageSize: got "1 GB", wants a message\'s greatest size from "1 MB" to "150 MB"',
  ],
  [
    "a generation of keys before the first",
    { hostKeyEpoch: "0" },
    "hostKeyEpoch: got 0, wants a generation of keys, a whole number from 1 to 9999",
  ],
  [
    "an ACME account that is no URI",
    { acmeAccountUri: "12345" },
    'acmeAccountUri: got "12345", wants the https URL of the ACME account, as the host\'s status has it',
  ],
  [
    "another account's zone that no domain is in",
    { cloudflareAccounts: [{ zones: ["example.com"], apiToken: "secret" }] },
    'cloudflareAccounts[0].zones[0]: got "example.com", wants a zone of a domain or of the host (example.org)',
  ],
  [
    "another account without its token",
    { cloudflareAccounts: [{ zones: ["example.org"] }] },
    "cloudflareAccounts[0].apiToken: got nothing, wants an API token with Zone:Read and DNS:Edit, set with `pulumi config set --secret --path`",
  ],
  [
    "no mailboxes",
    { mailboxes: undefined },
    "mailboxes: got nothing, wants a list of mailboxes, each with address and passwordHash",
  ],
  ["an empty list of mailboxes", { mailboxes: [] }, "mailboxes: got [], wants at least one mailbox"],
  [
    "a mailbox without a password hash",
    { mailboxes: [{ address: "alice@example.org" }] },
    "mailboxes[0].passwordHash: got nothing, wants what `npx mailserver password` prints, set with `pulumi config set --secret --path`, or appPasswords",
  ],
  [
    "a mailbox outside the domains",
    { mailboxes: [alice, { ...alice, address: "bob@example.net" }] },
    'mailboxes[1].address: got "bob@example.net", wants an address in one of the declared domains (example.org)',
  ],
  [
    "a mailbox in a domain whose name only ends like a declared one",
    { mailboxes: [alice, { ...alice, address: "bob@notexample.org" }] },
    'mailboxes[1].address: got "bob@notexample.org", wants an address in one of the declared domains (example.org)',
  ],
  [
    "a mailbox given twice",
    { mailboxes: [alice, alice] },
    'mailboxes[1].address: got "alice@example.org", wants another one than mailboxes[0], which is the same',
  ],
  [
    "a mailbox whose address is none",
    { mailboxes: [alice, { ...alice, address: "Bob@example.org" }] },
    'mailboxes[1].address: got "Bob@example.org", wants an address such as alice@example.com: lower case, without +',
  ],
  [
    "a hash where the address should be",
    { mailboxes: [alice, { ...alice, address: sha512 }] },
    "mailboxes[1].address: got text that is no address, wants an address such as alice@example.com: lower case, without +",
  ],
  [
    "a password instead of a hash",
    withHash("wonderland"),
    `mailboxes[0].passwordHash: got text without a {SCHEME} in front, wants ${aHash}`,
  ],
  [
    "a password in plain text",
    withHash("{PLAIN}wonderland"),
    `mailboxes[0].passwordHash: got a hash of the scheme {PLAIN}, wants ${aHash}`,
  ],
  [
    "a hash without salt",
    withHash("{MD5}$1$abcdefgh$0123456789abcdefABCDEF"),
    `mailboxes[0].passwordHash: got a hash of the scheme {MD5}, wants ${aHash}`,
  ],
  [
    "a DES hash",
    withHash("{CRYPT}ab01FAX.bQRSU"),
    `mailboxes[0].passwordHash: got a hash of the scheme {CRYPT}, wants ${aHash}`,
  ],
  [
    "something in braces that is no scheme",
    withHash("{wonderland}abc"),
    `mailboxes[0].passwordHash: got an unknown scheme, wants ${aHash}`,
  ],
  [
    "a hash that lost a character",
    withHash(blowfish.slice(0, -1)),
    `mailboxes[0].passwordHash: got a malformed {BLF-CRYPT} hash, wants $2y$, two digits, $ and 53 characters; ${aHash}`,
  ],
  [
    "a hash with a line break",
    withHash(`${sha512}\n`),
    `mailboxes[0].passwordHash: got a malformed {SHA512-CRYPT} hash, wants $6$, a salt of 8 to 16 characters, $ and 86 characters; ${aHash}`,
  ],
  [
    "a hash of too few rounds",
    withHash(blowfish.replace("$12$", "$05$")),
    "mailboxes[0].passwordHash: got a {BLF-CRYPT} hash of too little cost, wants at least 10 rounds (`npx mailserver password` takes 12; the 5 of doveadm are quickly guessed)",
  ],
  [
    "an Argon2 hash that is quickly guessed",
    withHash(argon2id.replace("m=65536", "m=1024")),
    "mailboxes[0].passwordHash: got a {ARGON2ID} hash of too little cost, wants at least 19456 KiB (m) and 2 passes (t)",
  ],
  [
    "a number instead of a hash",
    withHash(12345),
    "mailboxes[0].passwordHash: got a number, wants what `npx mailserver password` prints, set with `pulumi config set --secret --path`, or appPasswords",
  ],
  [
    "a misspelt key of a mailbox",
    { mailboxes: [{ ...alice, password: "wonderland" }] },
    "mailboxes[0].password: got an unknown key, wants one of address, appPasswords, displayName, passwordHash, quota, sendLimits, sendOnly",
  ],
  [
    "a misspelt quota of a mailbox",
    { mailboxes: [{ ...alice, quota: "5 gigs" }] },
    `mailboxes[0].quota: got "5 gigs", wants what a mailbox holds, such as "1 MB" or "1.5 GB": ${sizes}`,
  ],
  [
    "a quota of a mailbox that is a number",
    { mailboxes: [{ ...alice, quota: 5 }] },
    "mailboxes[0].quota: got a number, wants a size such as 5 GB",
  ],
  [
    "a misspelt quota of all mailboxes",
    { quota: "5 Gb" },
    `quota: got "5 Gb", wants what a mailbox holds, such as "1 MB" or "1.5 GB": ${sizes}`,
  ],
  [
    "a quota without its unit",
    { quota: "5000000000" },
    `quota: got "5000000000", wants what a mailbox holds, such as "1 MB" or "1.5 GB": ${sizes}`,
  ],
  [
    "a quota that no message fits in",
    { quota: "0 GB" },
    'quota: got "0 GB", wants what a mailbox holds, from "1 MB" to "16 TiB"',
  ],
  [
    "a quota larger than any volume",
    { quota: "17 TiB" },
    'quota: got "17 TiB", wants what a mailbox holds, from "1 MB" to "16 TiB"',
  ],
  [
    "no postmaster",
    { postmaster: undefined },
    "postmaster: got nothing, wants the address of a declared mailbox",
  ],
  [
    "a postmaster without a mailbox",
    { postmaster: "bob@example.org" },
    'postmaster: got "bob@example.org", wants the address of a declared mailbox (alice@example.org)',
  ],
  ["an unknown architecture", { architecture: "x86" }, 'architecture: got "x86", wants one of arm64, amd64'],
  [
    "an instance type of the other architecture",
    { architecture: "arm64", instanceType: "t3.small" },
    'instanceType: got "t3.small", wants a type of the architecture arm64, or the architecture amd64 for this type',
  ],
  [
    "an instance type that is none",
    { instanceType: "small" },
    'instanceType: got "small", wants an EC2 instance type such as t4g.small',
  ],
  [
    "a volume size in words",
    { dataVolumeGiB: "lots" },
    'dataVolumeGiB: got "lots", wants a whole number of GiB',
  ],
  [
    "a volume of no size",
    { dataVolumeGiB: "0" },
    "dataVolumeGiB: got 0, wants a whole number of GiB from 1 to 16384",
  ],
  [
    "a subnet that is no id",
    { subnetId: "vpc-0123456789abcdef0" },
    'subnetId: got "vpc-0123456789abcdef0", wants the id of a subnet: subnet- and hexadecimal digits',
  ],
  [
    "a subnet and a network for one",
    { subnetId: "subnet-0123456789abcdef0", vpcCidr: "10.1.0.0/16" },
    'subnetId: got "subnet-0123456789abcdef0", wants either a subnet or a vpcCidr to make one from, not both',
  ],
  [
    "a public network for the VPC",
    { vpcCidr: "192.0.2.0/24" },
    'vpcCidr: got "192.0.2.0/24", wants a private IPv4 network (RFC 1918) of /16 to /28, such as 10.25.0.0/24',
  ],
  [
    "a network that is too large for a VPC",
    { vpcCidr: "10.0.0.0/8" },
    'vpcCidr: got "10.0.0.0/8", wants a private IPv4 network (RFC 1918) of /16 to /28, such as 10.25.0.0/24',
  ],
  [
    "metrics for something that is no network",
    { metricsCidrs: ["192.0.2.1/24"] },
    'metricsCidrs[0]: got "192.0.2.1/24", wants a network such as 192.0.2.0/24 or 2001:db8::/32, the bits after the prefix zero',
  ],
  [
    "alarms to something that is no topic",
    { alarmTopic: "alice@example.com" },
    'alarmTopic: got "alice@example.com", wants the ARN of an SNS topic, such as arn:aws:sns:eu-central-1:123456789012:alarms',
  ],
  [
    "metrics for the whole internet",
    { metricsCidrs: ["::/0"] },
    'metricsCidrs[0]: got "::/0", wants a smaller network: metrics are not for the whole internet',
  ],
  [
    "SSH from something that is no network",
    { sshCidrs: ["192.0.2.1/24"] },
    'sshCidrs[0]: got "192.0.2.1/24", wants a network such as 192.0.2.0/24 or 2001:db8::/32, the bits after the prefix zero',
  ],
  [
    "SSH from 0.0.0.0/0 without saying so",
    { sshCidrs: ["0.0.0.0/0"] },
    'sshCidrs[0]: got "0.0.0.0/0", wants a smaller network, or mailserver:sshFromAnywhere: true to open SSH to the whole internet',
  ],
  [
    "SSH from the whole of IPv6 in another spelling",
    { sshCidrs: ["0:0::/0"] },
    'sshCidrs[0]: got "0:0::/0", wants a smaller network, or mailserver:sshFromAnywhere: true to open SSH to the whole internet',
  ],
  [
    "another word for greylisting",
    { greylisting: "sometimes" },
    'greylisting: got "sometimes", wants one of never, suspicious, always',
  ],
  [
    "DNS lists that are neither on nor off",
    { dnsLists: "spamhaus" },
    'dnsLists: got "spamhaus", wants true or false',
  ],
  [
    "a scanner that is neither on nor off",
    { antivirus: "clamav" },
    'antivirus: got "clamav", wants true or false',
  ],
  [
    "a virus scanner without memory for it",
    { antivirus: true, architecture: "arm64", instanceType: "t4g.small" },
    'instanceType: got "t4g.small", wants a type with at least 4 GiB of memory such as t4g.medium, which antivirus: true needs, or antivirus: false',
  ],
  [
    "SSH networks that are no list",
    { sshCidrs: "192.0.2.0/24" },
    "sshCidrs: got a text, wants a list of networks such as 192.0.2.0/24",
  ],
  [
    "a switch that is neither on nor off",
    { sshFromAnywhere: "yes" },
    'sshFromAnywhere: got "yes", wants true or false',
  ],
  [
    "a network to be allowed that is none",
    { banAllow: ["192.0.2.1/24"] },
    'banAllow[0]: got "192.0.2.1/24", wants a network such as 192.0.2.0/24 or 2001:db8::/32, the bits after the prefix zero',
  ],
  [
    "a network to be allowed twice",
    { banAllow: ["192.0.2.0/24", "192.0.2.0/24"] },
    'banAllow[1]: got "192.0.2.0/24", wants another one than banAllow[0], which is the same',
  ],
  [
    "bans from which everybody is exempt",
    { banAllow: ["::/0"] },
    'banAllow[0]: got "::/0", wants a smaller network: this one has every address',
  ],
  [
    "allowed networks that are no list",
    { banAllow: "office" },
    "banAllow: got a text, wants a list of networks such as 192.0.2.0/24",
  ],
  ...["24:00", "3:30", "03:60", "03:30 UTC", "Never", "sunday"].map(
    (reboot): [string, Record<string, unknown>, string] => [
      `a restart at ${reboot}`,
      { updates: { reboot } },
      `updates.reboot: got ${JSON.stringify(reboot)}, wants a time of day in UTC from 00:00 to 23:59, such as 03:30, or never`,
    ],
  ),
  [
    "a restart at a number",
    { updates: { reboot: 210 } },
    "updates.reboot: got a number, wants a time of day in UTC such as 03:30, or never",
  ],
  ["updates that are no object", { updates: "never" }, "updates: got a text, wants an object"],
  [
    "an unknown choice of updates",
    { updates: { window: "03:30" } },
    "updates.window: got an unknown key, wants one of reboot",
  ],
  [
    "a certificate authority without TLS",
    { acmeDirectory: "http://acme.example/dir" },
    'acmeDirectory: got "http://acme.example/dir", wants the https URL of an ACME directory',
  ],
  ["a protect that is neither on nor off", { protect: "1" }, 'protect: got "1", wants true or false'],
  [
    "a misspelt key",
    { hostName: "mx1.example.org" },
    "hostName: got an unknown key, wants one of acmeAccountUri, acmeDirectory, acmeEab, alarmTopic, aliases, aliasesOutside, antivirus, architecture, banAllow, caaIdentity, cloudflareAccounts, dataVolumeGiB, dnsLists, dnssec, domains, existing, formerStack, greylisting, hostKeyEpoch, hostZone, hostname, instanceType, mailboxes, messageSize, metricsCidrs, parkedDomains, postmaster, protect, purgedMailboxes, quota, sendLimits, sshCidrs, sshFromAnywhere, subnetId, subnetIpv6, updates, vpcCidr",
  ],
];

describe("a wrong configuration is refused with one line that names the key, what it got and what it wants", () => {
  it.each(table)("%s", (_, changes, line) => {
    const lines = linesOf(stack(changes));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`  mailserver:${line}`);
    if (!line.endsWith("[")) expect(lines[0]).toBe(`  mailserver:${line}`);
  });
});

describe("several errors", () => {
  it("are reported in one message that says where to correct them", () => {
    const wrong = {
      hostname: "mx1",
      postmaster: undefined,
      dataVolumeGiB: "-1",
      domains: [{ name: "Example.org" }],
    };
    expect(message(stack(wrong))).toBe(
      [
        "The configuration of this stack has 4 errors:",
        "  mailserver:postmaster: got nothing, wants the address of a declared mailbox",
        `  mailserver:hostname: got "mx1", wants a fully qualified host name such as mx1.example.com: ${aName}`,
        `  mailserver:domains[0].name: got "Example.org", wants a fully qualified domain such as example.com: ${aName}`,
        "  mailserver:dataVolumeGiB: got -1, wants a whole number of GiB from 1 to 16384",
        "Correct the stack's file, or use `pulumi config set --path`; Pulumi.yaml describes every key.",
      ].join("\n"),
    );
  });

  it("of a stack that has no configuration at all are the required keys", () => {
    expect(linesOf({}).map((line) => line.trim().split(": ")[0])).toEqual([
      "mailserver:hostname",
      "mailserver:domains",
      "mailserver:mailboxes",
      "mailserver:postmaster",
    ]);
  });
});

function message(raw: Record<string, string>): string {
  try {
    parse(raw);
  } catch (error) {
    // Pulumi prints the message of a RunError as it is, without a stack.
    expect(RunError.isInstance(error)).toBe(true);
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}

function linesOf(raw: Record<string, string>): string[] {
  return message(raw).split("\n").slice(1, -1);
}
