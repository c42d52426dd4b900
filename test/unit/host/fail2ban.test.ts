import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

const jails = (banAllow?: readonly string[]) => fileOf(render({ banAllow }), "/etc/fail2ban/jail.local");

/** What fail2ban's filter takes out of a line of the journal. */
function addressIn(line: string): string | undefined {
  const filter = fileOf(render(), "/etc/fail2ban/filter.d/mailserver-login.conf");
  const pattern = (name: string) =>
    new RegExp(`^${name} = (.*)$`, "m")
      .exec(filter)?.[1]
      ?.replace(/<\/?F-CONTENT>/g, (tag) => (tag.startsWith("</") ? ")" : "(?<content>"))
      .replace("<ADDR>", "(?<address>[0-9a-fA-F:.]+)") ?? "";
  const content = new RegExp(pattern("prefregex")).exec(line)?.groups?.content ?? "";
  return new RegExp(pattern("failregex")).exec(content)?.groups?.address;
}

describePython("counting by network", join(__dirname, "fail2ban"));

describe("bans", () => {
  it.each([
    [/^maxretry = 6$/m, "six wrong passwords"],
    [/^findtime = 10m$/m, "within ten minutes"],
    [
      /^bantime = 10m\nbantime\.increment = true\nbantime\.maxtime = 1w$/m,
      "ten minutes, doubled up to a week",
    ],
    [/^bantime\.overalljails = true$/m, "former bans count wherever they were"],
    [/port="22,465,587,993,4190"/, "every door with a login, and not port 25"],
    [/^usedns = no$/m, "no name that the banned address chose itself"],
  ])("have %s: %s", (line) => {
    expect(jails()).toMatch(line);
  });

  it("are never for the host itself, nor for networks that are allowed", () => {
    expect(jails()).toMatch(/^ignoreip = 127\.0\.0\.0\/8 ::1$/m);
    expect(jails(["192.0.2.0/24", "2001:db8::/32"])).toMatch(
      /^ignoreip = 127\.0\.0\.0\/8 ::1 192\.0\.2\.0\/24 2001:db8::\/32$/m,
    );
  });

  it("of networks of IPv6 leave out who is allowed inside them, and the host itself", () => {
    const block = (banAllow?: readonly string[]) =>
      /^blocktype = (iifname .*)$/m.exec(
        fileOf(render({ banAllow }), "/etc/fail2ban/action.d/mailserver-nftables.conf"),
      )?.[1];
    expect(block(["192.0.2.0/24"])).toBe('iifname != "lo" reject with tcp reset');
    expect(block(["192.0.2.0/24", "2001:db8::1/128", "2001:db8:1::/48"])).toBe(
      'iifname != "lo" ip6 saddr != \\{ 2001:db8::1/128, 2001:db8:1::/48 \\} reject with tcp reset',
    );
  });

  it("are kept on the data volume, and fail2ban does not start without it", () => {
    const bundle = render();
    expect(fileOf(bundle, "/etc/fail2ban/fail2ban.local")).toContain("dbfile = /srv/mailserver/fail2ban/");
    expect(fileOf(bundle, "/etc/systemd/system/fail2ban.service.d/mailserver.conf")).toContain(
      "Requires=mailserver-volume.service",
    );
    expect(partOf(bundle, "fail2ban").directories).toEqual([
      { path: "/srv/mailserver/fail2ban", mode: "0700", owner: "root:root" },
    ]);
  });

  it("come back when the host's rules are emptied", () => {
    expect(fileOf(render(), "/etc/systemd/system/fail2ban.service.d/sandbox.conf")).toContain(
      "PartOf=nftables.service",
    );
  });

  it("count what Dovecot tells of each failed login: the address, nothing that the client said", () => {
    expect(fileOf(render(), "/etc/dovecot/dovecot.conf")).toMatch(
      /metric login_failed \{\s+filter = event=auth_request_finished AND NOT success=yes\s.*\s+exporter_include = name fields\s+fields = remote_ip\s+\}/,
    );
    const line = (address: string) =>
      `mx1.example.test dovecot[1529]: stats: event:auth_request_finished\tfield:remote_ip=${address}`;
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        expect(addressIn(line(address))).toBe(address);
      }),
    );
    expect(addressIn("mx1.example.test dovecot[1]: imap-login: Logged in: user=<a>, rip=192.0.2.1")).toBe(
      undefined,
    );
  });
});
