import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostPackages, optionalHostPackages, renderBundle, serializeBundle } from "../../../host";
import { declaration, declarations, partOf, render } from "./support/declaration";

const files = (bundle = render()) => bundle.parts.flatMap((part) => part.files);

describe("the bundle", () => {
  it("is the same bytes for the same declaration", () => {
    fc.assert(
      fc.property(declarations, (host) => {
        expect(serializeBundle(renderBundle(structuredClone(host)))).toBe(
          serializeBundle(renderBundle(host)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("says itself again when the host reads it", () => {
    const bundle = render();
    expect(JSON.parse(serializeBundle(bundle))).toEqual(bundle);
  });

  it("changes with every part of the declaration", () => {
    const other = {
      hostname: "mx2.example.test",
      domains: [],
      mailboxes: [],
      postmaster: "bob@example.org",
      certificate: { ...declaration.certificate, bootstrapPem: "another" },
      acme: { ...declaration.acme, directory: "https://other.test/dir" },
      dataVolumeId: "vol-1",
      sshCidrs: ["192.0.2.0/24"],
      messageBytes: 10_000_000,
      sendLimits: { messagesPerHour: 10 },
      greylisting: "never",
      dnsLists: false,
      antivirus: true,
    };
    for (const [key, value] of Object.entries(other)) {
      expect(serializeBundle(render({ [key]: value })), key).not.toBe(serializeBundle(render()));
    }
  });

  it("places each file once, in the trees that the agent can stage", () => {
    const paths = files().map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).toMatch(/^(\/etc|\/usr\/local\/lib\/mailserver)\/[\w./@-]+$/);
  });

  it("keeps each secret in a file that only root and the program concerned can read", () => {
    const secrets = [
      declaration.certificate.privateKeyPem,
      ...declaration.mailboxes.flatMap(({ passwordHash = [], appPasswords = [] }) => [
        ...[passwordHash].flat(),
        ...appPasswords.map((app) => app.passwordHash),
      ]),
      ...declaration.domains.flatMap(({ dkim }) => dkim.map((key) => key.privateKeyPem.split("\n")[1] ?? "")),
    ];
    const open = files().filter(({ mode }) => !/^06[04]0$/.test(mode));
    for (const secret of secrets) {
      expect(open.filter(({ content }) => content.includes(secret)).map(({ path }) => path)).toEqual([]);
    }
    expect(files().find(({ path }) => path === "/etc/mailserver/tls/key.pem")?.mode).toBe("0600");
    expect(files().find(({ path }) => path === "/etc/dovecot/users")).toMatchObject({
      mode: "0640",
      owner: "root:dovecot",
    });
  });

  it("is judged by each program that has a configuration, before it is in force", () => {
    const judged = render()
      .parts.filter(({ checks }) => checks.length > 0)
      .map(({ name }) => name);
    expect(judged).toEqual([
      ...["agent", "nftables", "unbound", "lego"],
      ...["nginx", "redis", "rspamd", "dovecot"],
      ...[
        "send-limits",
        "tls-policy",
        "tls-reports",
        "dmarc-reports",
        "reports",
        "postfix",
        "watch",
        "fail2ban",
        "upkeep",
      ],
    ]);
  });

  it("has a certificate placed before the programs that are checked with it", () => {
    const names = render().parts.map(({ name }) => name);
    for (const user of ["nginx", "dovecot", "postfix"]) {
      expect(names.indexOf("lego")).toBeLessThan(names.indexOf(user));
    }
  });

  it("has the volume mounted before anything is made on it", () => {
    const { parts } = render();
    const volume = parts.findIndex(({ name }) => name === "volume");
    const onIt = parts.findIndex(({ directories }) =>
      directories.some(({ path }) => /^\/srv|^\/var\/lib\/rspamd/.test(path)),
    );
    expect(volume).toBeGreaterThanOrEqual(0);
    expect(volume).toBeLessThan(onIt);
  });

  it("finds the volume by its id, whatever name it is attached under", () => {
    expect(render().volume).toBe("/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0");
  });

  it("keeps every service that has data from starting without the volume", () => {
    for (const name of ["postfix", "dovecot", "rspamd", "redis"]) {
      const dropIn = partOf(render(), name).files.find(({ path }) =>
        path.endsWith(".service.d/mailserver.conf"),
      );
      expect(dropIn?.content, name).toMatch(/^Requires=mailserver-volume\.service$/m);
      expect(dropIn?.content, name).toMatch(/^After=mailserver-volume\.service$/m);
    }
  });

  it("probes every port that the host offers", () => {
    const ports = render().parts.flatMap((part) => part.ports.map(({ port }) => port));
    expect(ports.sort((a, b) => a - b)).toEqual([
      ...[25, 80, 443, 465, 587, 993, 4190],
      // On the loopback.
      ...[10001, 10002, 10025, 11332],
    ]);
  });

  it("installs what Debian only recommends, by name", () => {
    expect(hostPackages).toContain("dns-root-data");
    expect(render().packages).toBe(hostPackages);
  });

  it("installs what not every host needs where that is declared", () => {
    const { packages } = render({ antivirus: true });
    expect(packages).toEqual([...hostPackages, "clamav-daemon", "clamav-freshclam"]);
    // The local cloud's mirror has them.
    expect([...hostPackages, ...optionalHostPackages]).toEqual(expect.arrayContaining([...packages]));
  });
});
