import { describe, expect, it } from "vitest";
import { fileOf, render } from "./support/declaration";

const ruleset = (sshCidrs?: readonly string[]) => fileOf(render({ sshCidrs }), "/etc/nftables.conf");

describe("the host's firewall", () => {
  it("lets in mail, HTTP and HTTPS, and drops the rest", () => {
    expect(ruleset()).toMatch(/hook input priority filter; policy drop;/);
    expect(ruleset().match(/(?<=^\t\t)tcp dport .*/gm)).toEqual([
      "tcp dport { 25, 80, 443, 465, 587, 993, 4190 } accept",
    ]);
  });

  it("keeps the instance's credentials from every user but root", () => {
    const service = ["ip daddr 169.254.169.254", "ip6 daddr fd00:ec2::254"];
    expect(ruleset().match(/\S+ daddr .*/g)).toEqual(service.map((to) => `${to} meta skuid != 0 drop`));
  });

  it("lets no program of the host but Postfix reach what sends forwarded mail", () => {
    expect(ruleset()).toMatch(
      /^\s*oifname "lo" tcp dport \{ 10001, 10002, 10025 \} meta skuid != \{ root, postfix \} reject with tcp reset$/m,
    );
  });

  it("lets in what IPv6 can't do without: neighbours, the router, an address by DHCP, word of too big packets", () => {
    expect(ruleset()).toMatch(/^\s*meta l4proto \{ icmp, icmpv6 \} accept$/m);
    expect(ruleset()).toMatch(/^\s*ip6 saddr fe80::\/10 udp sport 547 udp dport 546 accept$/m);
  });

  it("opens SSH to the declared prefixes of either family, and to nobody without any", () => {
    expect(ruleset()).not.toContain("dport 22");
    expect(ruleset(["192.0.2.0/24", "2001:db8::/32"]).match(/\S+ saddr .* dport 22 .*/g)).toEqual([
      "ip saddr 192.0.2.0/24 tcp dport 22 accept",
      "ip6 saddr 2001:db8::/32 tcp dport 22 accept",
    ]);
  });
});

describe("the resolver", () => {
  const configuration = fileOf(render(), "/etc/unbound/unbound.conf");

  it.each([
    [/^\s+interface: 127\.0\.0\.1$/m, "only this host asks it"],
    [/^\s+trust-anchor-file: "\/usr\/share\/dns\/root\.key"$/m, "it validates"],
    [/^\s+root-hints: "\/usr\/share\/dns\/root\.hints"$/m, "it starts at the root"],
    [/^\s+cache-max-negative-ttl: 5$/m, "a name about to be published is not missed for long"],
  ])("has %s: %s", (line) => {
    expect(configuration).toMatch(line);
  });

  it("is the only one that programs ask, and they see what was validated", () => {
    const lines = fileOf(render(), "/etc/resolv.conf").split("\n");
    expect(lines.filter((line) => line.startsWith("nameserver"))).toEqual(["nameserver 127.0.0.1"]);
    expect(lines.find((line) => line.startsWith("options"))).toContain("trust-ad");
    expect(fileOf(render(), "/etc/nsswitch.conf")).toMatch(/^hosts:\s+files dns$/m);
    expect(fileOf(render(), "/etc/systemd/system/unbound.service.d/mailserver.conf")).toMatch(
      /^ExecStartPost=-\S+systemctl --no-block stop systemd-resolved\.service$/m,
    );
  });
});

describe("the certificate", () => {
  const settings = JSON.parse(fileOf(render(), "/etc/mailserver/certificate.json"));

  it("is asked of the declared authority for the declared request, and kept on the volume", () => {
    expect(settings).toMatchObject({
      hostname: "mx1.example.test",
      directory: "https://acme.test/dir",
      email: "alice@example.test",
      state: "/srv/mailserver/acme",
    });
    expect(fileOf(render(), settings.request)).toContain("CERTIFICATE REQUEST");
  });

  it("is read by every server from one file with its key, so that they can't be parted", () => {
    const { pair } = settings;
    expect(fileOf(render(), "/etc/postfix/main.cf")).toContain(`smtpd_tls_chain_files = ${pair}\n`);
    const dovecot = fileOf(render(), "/etc/dovecot/dovecot.conf");
    expect(dovecot.match(/ssl_server_(cert|key)_file = .*/g)).toEqual([
      `ssl_server_cert_file = ${pair}`,
      `ssl_server_key_file = ${pair}`,
    ]);
    const nginx = fileOf(render(), "/etc/nginx/nginx.conf");
    expect(nginx.match(/ssl_certificate(_key)? .*;/g)).toEqual([
      `ssl_certificate ${pair};`,
      `ssl_certificate_key ${pair};`,
    ]);
  });

  it("asks for the web names of each domain that has some, and only the policy's name where there is a policy", () => {
    const domains = [
      { name: "example.test", dkim: [], web: { mtaStsPolicy: "version: STSv1\r\n" } },
      { name: "example.org", dkim: [], web: {} },
      { name: "example.net", dkim: [] },
    ];
    const { web } = JSON.parse(fileOf(render({ domains }), "/etc/mailserver/certificate.json"));
    expect(web).toEqual([
      {
        domain: "example.test",
        names: ["mta-sts.example.test", "autoconfig.example.test", "autodiscover.example.test"],
        pair: "/etc/mailserver/tls/web/example.test.pem",
      },
      {
        domain: "example.org",
        names: ["autoconfig.example.org", "autodiscover.example.org"],
        pair: "/etc/mailserver/tls/web/example.org.pem",
      },
    ]);
  });

  it("is bound to an external account by a library, with the account's key for root alone", () => {
    const eab = { keyId: "kid-1", hmacKey: "c2VjcmV0LWtleS1vZi1hbi1leHRlcm5hbC1hY2NvdW50" };
    const bundle = render({ acme: { directory: "https://acme.test/dir", email: "a@example.test", eab } });
    const holders = bundle.parts
      .flatMap(({ files }) => files)
      .filter(({ content }) => content.includes(eab.hmacKey));
    expect(holders).toMatchObject([{ mode: "0600", owner: "root:root" }]);
    expect(JSON.parse(fileOf(bundle, "/etc/mailserver/certificate.json"))).toMatchObject({
      eabKeyId: "kid-1",
      eabKey: holders[0]?.path,
    });
    expect(bundle.packages).toContain("python3-acme");
  });
});
