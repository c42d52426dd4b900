import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("the program that watches", join(__dirname, "watch"));

describe("what the host says of itself", () => {
  it("is mailed once a day, and written for Prometheus once a minute by a program that ends", () => {
    const units = partOf(render(), "watch").services.map(({ unit }) => unit);
    expect(units).toEqual(["mailserver-watch.timer", "mailserver-report.timer"]);
    expect(fileOf(render(), "/etc/systemd/system/mailserver-watch.service")).toMatch(/^Type=oneshot$/m);
  });

  it("tells of the bans in the database that fail2ban writes", () => {
    const { bans } = JSON.parse(fileOf(render(), "/etc/mailserver/watch.json"));
    expect(fileOf(render(), "/etc/fail2ban/fail2ban.local")).toContain(`\ndbfile = ${bans}\n`);
  });

  it("can be read on the host alone, unless networks are declared", () => {
    const servers = fileOf(render(), "/etc/nginx/nginx.conf");
    expect(servers).toContain("listen 127.0.0.1:9154;");
    expect(servers).not.toContain("9443");
    expect(fileOf(render(), "/etc/nftables.conf")).not.toContain("9443");
  });

  it("is open to declared networks by HTTPS, and each of the two firewalls of the host knows them", () => {
    const bundle = render({ metricsCidrs: ["192.0.2.0/24", "2001:db8::/32"] });
    const servers = fileOf(bundle, "/etc/nginx/nginx.conf");
    expect(servers.match(/listen .*9443.*/g)).toEqual([
      "listen 9443 ssl default_server;",
      "listen [::]:9443 ssl default_server;",
    ]);
    expect(servers).toMatch(/allow 192\.0\.2\.0\/24;\n\s+allow 2001:db8::\/32;\n\s+deny all;\n/);
    expect(fileOf(bundle, "/etc/nftables.conf").match(/\S+ saddr .* dport 9443 .*/g)).toEqual([
      "ip saddr 192.0.2.0/24 tcp dport 9443 accept",
      "ip6 saddr 2001:db8::/32 tcp dport 9443 accept",
    ]);
  });
});
