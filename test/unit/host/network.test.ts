import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";

const ruleset = (sshCidrs?: readonly string[]) => fileOf(render({ sshCidrs }), "/etc/nftables.conf");

describe("the host's firewall", () => {
  it("lets in mail, HTTP and HTTPS, and drops the rest", () => {
    expect(ruleset()).toMatch(/hook input priority filter; policy drop;/);
    expect(ruleset().match(/tcp dport .*/g)).toEqual(["tcp dport { 25, 80, 443, 465, 587, 993 } accept"]);
  });

  it("keeps the instance's credentials from every user but root", () => {
    expect(ruleset()).toMatch(
      /hook output .*\n(\s*#.*\n)?\s*ip daddr 169\.254\.169\.254 meta skuid != 0 drop$/m,
    );
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
  });
});

describe("nginx", () => {
  it("serves the authority's challenges where lego puts them, and nothing else", () => {
    const lego = JSON.parse(fileOf(render(), "/etc/mailserver/certificate.json"));
    const configuration = fileOf(render(), "/etc/nginx/nginx.conf");
    expect(configuration.match(/root .*;/g)).toEqual([`root ${lego.webroot};`]);
    expect(configuration).toMatch(/location \^~ \/\.well-known\/acme-challenge\/ \{/);
    expect(configuration).toMatch(/ssl_protocols TLSv1\.2 TLSv1\.3;/);
    expect(partOf(render(), "lego").directories.map(({ path }) => path)).toEqual([lego.webroot]);
  });
});

describe("the certificate", () => {
  it("is asked of the declared authority for the declared request, and kept on the volume", () => {
    expect(JSON.parse(fileOf(render(), "/etc/mailserver/certificate.json"))).toMatchObject({
      hostname: "mx1.example.test",
      directory: "https://acme.test/dir",
      email: "alice@example.test",
      state: "/srv/mailserver/acme",
    });
    expect(fileOf(render(), "/etc/mailserver/tls/request.pem")).toContain("CERTIFICATE REQUEST");
  });

  it("is read by every server from the same place", () => {
    const { certificate, key } = JSON.parse(fileOf(render(), "/etc/mailserver/certificate.json"));
    for (const path of ["/etc/postfix/main.cf", "/etc/dovecot/dovecot.conf", "/etc/nginx/nginx.conf"]) {
      expect(fileOf(render(), path), path).toContain(certificate);
      expect(fileOf(render(), path), path).toContain(key);
    }
  });
});
