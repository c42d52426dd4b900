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
          { address: "bob@lists.example.net", passwordHash: argon2id },
        ],
        postmaster: "bob@lists.example.net",
        architecture: "amd64",
        instanceType: "t3.medium",
        dataVolumeGiB: "50",
        vpcCidr: "10.1.0.0/16",
        sshCidrs: ["192.0.2.0/24", "2001:db8::/32"],
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
        { address: "bob@lists.example.net", passwordHash: argon2id },
      ],
      postmaster: "bob@lists.example.net",
      architecture: "amd64",
      instanceType: "t3.medium",
      dataVolumeGiB: 50,
      vpcCidr: "10.1.0.0/16",
      sshCidrs: ["192.0.2.0/24", "2001:db8::/32"],
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
});
