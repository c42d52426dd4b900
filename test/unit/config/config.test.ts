import { describe, expect, it } from "vitest";
import { parse } from "../../../config";
import { argon2id, blowfish, sha512 } from "./support/hashes";
import { stack } from "./support/stack";

describe("the configuration of a stack", () => {
  it("is read whole, zones by their names", () => {
    const settings = parse(
      stack({
        hostname: "mx1.example.org",
        domains: [
          { name: "example.org" },
          {
            name: "lists.example.net",
            zone: "example.net",
            dmarcPolicy: "none",
            spfIncludes: ["_spf.example.com"],
          },
        ],
        mailboxes: [
          { address: "alice@example.org", passwordHash: blowfish },
          {
            address: "bob@lists.example.net",
            passwordHash: argon2id,
            sendLimits: { recipientsPerDay: 20 },
            quota: "20 GB",
          },
        ],
        messageSize: "25 MB",
        sendLimits: { messagesPerHour: 100 },
        quota: "1.5 GiB",
        postmaster: "bob@lists.example.net",
        architecture: "amd64",
        instanceType: "t3.medium",
        dataVolumeGiB: "50",
        vpcCidr: "10.1.0.0/16",
        sshCidrs: ["192.0.2.0/24", "2001:db8::/32"],
        metricsCidrs: ["198.51.100.0/24"],
        greylisting: "always",
        dnsLists: "false",
        antivirus: "true",
        banAllow: ["192.0.2.0/24", "2001:db8::/32"],
        updates: { reboot: "23:00" },
        acmeDirectory: "https://acme.example/dir",
        protect: "false",
      }),
    );
    expect(settings).toEqual({
      hostname: "mx1.example.org",
      hostZone: "example.org",
      domains: [
        { name: "example.org", zone: "example.org" },
        {
          name: "lists.example.net",
          zone: "example.net",
          dmarcPolicy: "none",
          spfIncludes: ["_spf.example.com"],
        },
      ],
      parkedDomains: [],
      cloudflareAccounts: [],
      mailboxes: [
        { address: "alice@example.org", passwordHash: blowfish },
        {
          address: "bob@lists.example.net",
          passwordHash: argon2id,
          sendLimits: { recipientsPerDay: 20 },
          quota: "20 GB",
        },
      ],
      messageSize: "25 MB",
      sendLimits: { messagesPerHour: 100 },
      quota: "1.5 GiB",
      postmaster: "bob@lists.example.net",
      architecture: "amd64",
      instanceType: "t3.medium",
      dataVolumeGiB: 50,
      vpcCidr: "10.1.0.0/16",
      sshCidrs: ["192.0.2.0/24", "2001:db8::/32"],
      metricsCidrs: ["198.51.100.0/24"],
      greylisting: "always",
      dnsLists: false,
      antivirus: true,
      banAllow: ["192.0.2.0/24", "2001:db8::/32"],
      updates: { reboot: "23:00" },
      acmeDirectory: "https://acme.example/dir",
      protect: false,
      zones: [
        { name: "example.org", key: "mailserver:domains[0].name" },
        { name: "example.net", key: "mailserver:domains[1].zone" },
      ],
    });
  });

  it("ignores the keys of other packages, such as aws:region", () => {
    expect(parse({ ...stack(), "aws:region": "eu-central-1", "other:hostname": "-" })).toEqual(
      parse(stack()),
    );
  });

  it("takes an empty value as one that is not given, as the defaults in Pulumi.yaml have it", () => {
    expect(parse(stack({ subnetId: "", vpcCidr: "", instanceType: "", hostZone: "" }))).toEqual(
      parse(stack()),
    );
  });

  it("says that a subnet has IPv6 only of one that was named", () => {
    const subnet = { subnetId: "subnet-0123456789abcdef0" };
    expect(parse(stack({ ...subnet, subnetIpv6: "true" })).ipv6).toBe(true);
    expect(parse(stack({ ...subnet, subnetIpv6: "false" })).ipv6).toBe(false);
    expect(parse(stack({ subnetIpv6: "false" })).ipv6).toBeUndefined();
  });

  it("takes each of the three password schemes", () => {
    for (const passwordHash of [blowfish, argon2id, sha512]) {
      const settings = parse(stack({ mailboxes: [{ address: "alice@example.org", passwordHash }] }));
      expect(settings.mailboxes[0]?.passwordHash).toBe(passwordHash);
    }
  });

  it("finds the host's zone: the one that is named, else the closest of the domains' zones", () => {
    const domains = [{ name: "example.org" }, { name: "mail.example.org" }];
    const hostname = "mx1.mail.example.org";
    expect(parse(stack({ domains, hostname })).hostZone).toBe("mail.example.org");
    const named = parse(stack({ hostname: "mx1.example.net", hostZone: "example.net" }));
    expect(named.hostZone).toBe("example.net");
    expect(named.zones).toContainEqual({ name: "example.net", key: "mailserver:hostZone" });
  });

  it("opens SSH to the whole internet only when told so", () => {
    const everywhere = ["0.0.0.0/0", "::/0"];
    expect(parse(stack({ sshCidrs: everywhere, sshFromAnywhere: "true" })).sshCidrs).toEqual(everywhere);
    expect(() => parse(stack({ sshCidrs: everywhere }))).toThrow(/sshCidrs\[0\].*\n.*sshCidrs\[1\]/);
  });

  it("is read whole with every key that there is", () => {
    const domain = {
      name: "lists.example.net",
      zone: "example.net",
      shadow: true,
      dmarcPolicy: "quarantine",
      dmarcReports: ["dmarc@example.org"],
      spfIncludes: ["_spf.example.com"],
      spfAddresses: ["198.51.100.0/24", "2001:db8::25"],
      mtaSts: "testing",
      tlsReports: ["tls@example.org", "tls@example.com"],
      caaIssuers: ["letsencrypt.org", "sectigo.com"],
      bimi: { logo: "https://example.net/logo.svg", certificate: "https://example.net/vmc.pem" },
      dkimEpoch: 3,
      rotateEvery: 180,
      existing: { mx: "leave", spf: "merge", dmarc: "adopt", "mta-sts": "replace" },
    };
    const parked = [
      { name: "example.com", existing: { spf: "replace" } },
      { name: "old.example.edu", zone: "example.edu" },
    ];
    const accounts = [
      { zones: ["example.net", "example.edu"], apiToken: "secret-one" },
      { zones: ["example.com"], apiToken: "secret-two" },
    ];
    const plain = {
      hostname: "mx1.mail.example.info",
      hostZone: "example.info",
      mailboxes: [{ address: "bob@lists.example.net", passwordHash: sha512 }],
      postmaster: "bob@lists.example.net",
      architecture: "arm64",
      instanceType: "c7g.large",
      subnetId: "subnet-0123456789abcdef0",
      sshCidrs: ["192.0.2.0/24"],
      acmeDirectory: "https://acme.zerossl.com/v2/DV90",
      acmeEab: { keyId: "kid-1", hmacKey: "secret-three" },
      caaIdentity: "sectigo.com",
      acmeAccountUri: "https://acme.zerossl.com/v2/DV90/account/1",
      existing: { address: "replace", tlsa: "adopt" },
    };
    const settings = parse(
      stack({
        ...plain,
        domains: [domain, { name: "example.org" }],
        parkedDomains: parked,
        cloudflareAccounts: accounts,
        dataVolumeGiB: "50",
        subnetIpv6: "true",
        sshFromAnywhere: "false",
        hostKeyEpoch: "2",
        dnssec: "true",
        protect: "true",
      }),
    );
    expect(settings).toEqual({
      ...plain,
      domains: [domain, { name: "example.org", zone: "example.org" }],
      parkedDomains: [{ ...parked[0], zone: "example.com" }, parked[1]],
      cloudflareAccounts: accounts,
      dataVolumeGiB: 50,
      ipv6: true,
      hostKeyEpoch: 2,
      dnssec: true,
      protect: true,
      zones: [
        { name: "example.net", key: "mailserver:domains[0].zone" },
        { name: "example.org", key: "mailserver:domains[1].name" },
        { name: "example.com", key: "mailserver:parkedDomains[0].name" },
        { name: "example.edu", key: "mailserver:parkedDomains[1].zone" },
        { name: "example.info", key: "mailserver:hostZone" },
      ],
    });
  });

  it("has the names of any script as DNS has them, wherever they are", () => {
    const names = (domain: string, other: string) => ({
      hostname: `mx1.${domain}`,
      domains: [
        {
          name: domain,
          dmarcReports: [`dmarc@${domain}`],
          tlsReports: [`tls@${other}`],
          spfIncludes: [other],
        },
        { name: `lists.${other}`, zone: other },
      ],
      parkedDomains: [
        { name: `alt.${other}`, zone: other },
        { name: `x.${domain}`, zone: domain },
      ],
      cloudflareAccounts: [{ zones: [other], apiToken: "secret" }],
      mailboxes: [{ address: `alice@${domain}`, passwordHash: blowfish }],
      postmaster: `alice@${domain}`,
      hostZone: domain,
    });
    expect(parse(stack(names("bücher.example", "straße.example")))).toEqual(
      parse(stack(names("xn--bcher-kva.example", "xn--strae-oqa.example"))),
    );
  });

  it("takes two spellings of one domain for the same", () => {
    const domains = [{ name: "bücher.example" }, { name: "xn--bcher-kva.example" }];
    expect(() => parse(stack({ domains, hostname: "mx1.bücher.example" }))).toThrow(
      'domains[1].name: got "xn--bcher-kva.example", wants another one than domains[0].name, which is the same',
    );
  });
});
