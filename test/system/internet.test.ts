import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authority, openAuthority } from "../../local/authority";
import { clear } from "../../local/clear";
import { internet as addresses, type CloudContext } from "../../local/context";
import { delegationSigner, dsText } from "../../local/dnssec";
import { ensureImage } from "../../local/images/build";
import { debian13 } from "../../local/images/debian13";
import { correspondent } from "../../local/internet/correspondent";
import { internetImage } from "../../local/internet/image";
import { type Internet, startInternet } from "../../local/internet/internet";
import { ensureMirror } from "../../local/internet/mirror";
import { locateCloud } from "../../local/locate";
import { boot } from "../../local/machines/nspawn";
import { createNamespaces } from "../../local/network/namespaces";
import { type RunOptions, run } from "../../local/run";
import { newSigner, type Signer, signed } from "./support/dkim";

const packages = ["lego", "nftables"];

let context: CloudContext;
let authority: Authority;
let image: string;
let base: string;
let mirrorDir: string;
let internet: Internet;

beforeAll(async () => {
  context = locateCloud(await mkdtemp(join(tmpdir(), "internet-")), "internet");
  image = await ensureImage(context.cacheDir, internetImage);
  base = await ensureImage(context.cacheDir, debian13);
  mirrorDir = await ensureMirror(context.cacheDir, { base, packages });
  await mkdir(context.cgroup);
  await createNamespaces(context);
  authority = await openAuthority(join(context.dir, "authority"));
  internet = await startInternet(context, { authority, image, mirrorDir });
});

afterAll(async () => {
  await clear(context);
  await rm(join(context.dir, "../.."), { recursive: true });
});

/** A command of this machine, run as the stranger's host. */
const stranger = (command: readonly [string, ...string[]], options?: RunOptions) =>
  run(["ip", "netns", "exec", context.netns.internet, ...command], options);

const answer = async (name: string, type: string) => (await stranger(["dig", "+dnssec", name, type])).stdout;

describe("the internet's names", () => {
  it.each([
    ["peer.test", "MX", `10 mx.peer.test.`],
    ["mx.peer.test", "A", addresses.peer],
    ["mx.peer.test", "AAAA", addresses.ipv6.peer],
    ["ns2.test", "AAAA", addresses.ipv6.nameservers[1]],
    ["25.113.0.203.in-addr.arpa", "PTR", "mx.peer.test."],
    ["acme.test", "A", addresses.acme],
    ["mirror.test", "A", addresses.mirror],
    ["bucket.s3.eu-west-1.amazonaws.com", "A", addresses.storage],
  ])("are answered for %s %s, validated from the root down", async (name, type, data) => {
    const said = await answer(name, type);
    expect(said).toMatch(/^;; flags:.* ad[ ;]/m);
    expect(said).toContain(`\t${data}\n`);
  });

  it("lead back from an IPv6 address too", async () => {
    const { stdout } = await stranger(["dig", "+short", "-x", addresses.ipv6.peer]);
    expect(stdout).toBe("mx.peer.test.\n");
  });

  it.each([...addresses.ipv6.nameservers, addresses.ipv6.resolver])(
    "are answered over IPv6 too, by %s",
    async (server) => {
      const { stdout } = await stranger(["dig", `@${server}`, "+short", "mx.peer.test", "AAAA"]);
      expect(stdout.trim()).toBe(addresses.ipv6.peer);
    },
  );

  it("are proved not to exist where they don't", async () => {
    const said = await answer("nobody.test", "A");
    expect(said).toContain("status: NXDOMAIN");
    expect(said).toMatch(/^;; flags:.* ad[ ;]/m);
  });
});

describe("a zone and its records", () => {
  const zone = "example.test";
  const host = `mx1.${zone}`;

  it("are seen as soon as they are set, changed and removed", async () => {
    const { dns } = internet;
    expect(await dns.resolve(host, "A")).toEqual([]);
    await dns.createZone(zone);
    for (const rdata of [["203.0.113.130"], ["203.0.113.131", "203.0.113.132"], []]) {
      await dns.set(zone, host, "A", 300, rdata);
      expect([...(await dns.resolve(host, "A"))].sort()).toEqual(rdata);
    }
  });

  it("carry text as it is written", async () => {
    const text = [`"a;b\\"c" "${"x".repeat(255)}"`];
    await internet.dns.set(zone, zone, "TXT", 300, text);
    expect(await internet.dns.resolve(zone, "TXT")).toEqual(text);
  });

  it("are refused one by one where they are wrong", async () => {
    const right = internet.dns.set(zone, `a.${zone}`, "A", 300, ["203.0.113.140"]);
    const wrong = internet.dns.set(zone, `b.${zone}`, "A", 300, ["nowhere"]);
    await expect(wrong).rejects.toThrow(/nowhere/);
    await right;
    expect(await internet.dns.resolve(`a.${zone}`, "A")).toEqual(["203.0.113.140"]);
  });

  it("are not believed when their chain of trust is broken", async () => {
    const forged = `1 13 2 ${"00".repeat(32)}`;
    await internet.dns.set("test", zone, "DS", 300, [forged]);
    await expect(internet.dns.resolve(zone, "TXT")).rejects.toThrow("SERVFAIL");
    await internet.dns.createZone(zone);
    expect(await internet.dns.resolve(zone, "TXT")).toHaveLength(1);
  });

  it("are signed when they are told to be, and trusted once the parent has the right DS", async () => {
    const { dns } = internet;
    const asked = async () => {
      const said = await answer("www.plain.test", "A");
      return { signed: said.includes("\tRRSIG\t"), trusted: /^;; flags:.* ad[ ;]/m.test(said) };
    };
    await dns.createZone("plain.test", { signed: false, ds: [] });
    await dns.set("plain.test", "www.plain.test", "A", 300, ["203.0.113.143"]);
    expect(await asked()).toEqual({ signed: false, trusted: false });
    await dns.createZone("plain.test", { signed: true, ds: [] });
    expect(await asked()).toEqual({ signed: true, trusted: false });
    const ds = dsText(delegationSigner("plain.test", await dns.zoneKey("plain.test")));
    await dns.createZone("plain.test", { signed: true, ds: [ds] });
    expect(await asked()).toEqual({ signed: true, trusted: true });
    await dns.createZone("plain.test", { signed: true, ds: [`1 13 2 ${"00".repeat(32)}`] });
    expect(await answer("www.plain.test", "A")).toContain("status: SERVFAIL");
    await dns.deleteZone("plain.test");
  });

  it("stay reachable when a zone is put between, and when it is taken away", async () => {
    const { dns } = internet;
    await dns.createZone("a.b.test");
    await dns.set("a.b.test", "www.a.b.test", "A", 300, ["203.0.113.141"]);
    for (const change of [() => dns.createZone("b.test"), () => dns.deleteZone("b.test")]) {
      await change();
      expect(await answer("www.a.b.test", "A")).toMatch(/^;; flags:.* ad[ ;]/m);
    }
    await dns.deleteZone("a.b.test");
    expect(await answer("www.a.b.test", "A")).toContain("status: NXDOMAIN");
  });

  it("leave nothing when the zone is deleted and made anew", async () => {
    const { dns } = internet;
    const key = async () => (await stranger(["dig", "+short", "DNSKEY", "anew.test"])).stdout;
    await dns.createZone("anew.test");
    await dns.set("anew.test", "www.anew.test", "A", 300, ["203.0.113.142"]);
    const before = await key();
    await dns.deleteZone("anew.test");
    await dns.createZone("anew.test");
    expect(await dns.resolve("www.anew.test", "A")).toEqual([]);
    expect(await key()).not.toBe(before);
  });
});

describe("the correspondent", () => {
  const swaks = (...args: string[]) => stranger(["swaks", ...args], { accept: Array.from(Array(64).keys()) });

  it("takes mail from anyone over verified TLS, and tells who it came from", async () => {
    const trust = join(context.dir, "trust.pem");
    await writeFile(trust, internet.trust());
    const subject = randomUUID();
    const tls = ["--tls", "--tls-verify", "--tls-ca-path", trust];
    const addressed = ["--to", "bob@peer.test", "--from", "someone@stranger.test", "--helo", "stranger.test"];
    const sent = await swaks(...tls, ...addressed, "--header", `Subject: ${subject}`);
    expect(sent.code, sent.stdout).toBe(0);
    const { verdicts } = await correspondent(context, internet.machine).received({ subject });
    expect(verdicts).toEqual({
      spf: "pass",
      dkim: [],
      dmarc: "none",
      tls: "TLS1.3",
      fcrdns: "pass",
      helo: { name: "stranger.test", result: "pass" },
    });
  });

  it("relays for nobody", async () => {
    const { stdout } = await swaks(
      "--server",
      "mx.peer.test",
      "--to",
      "x@stranger.test",
      "--quit-after",
      "RCPT",
    );
    expect(stdout).toContain("550 Relaying is not permitted");
  });

  describe("on a signed message", () => {
    const domain = "signed.test";
    const signers = [newSigner(domain, "rsa", "rsa-sha256"), newSigner(domain, "ed", "ed25519-sha256")];
    const stray = newSigner("stray.test", "rsa", "rsa-sha256");

    beforeAll(async () => {
      const { dns } = internet;
      for (const zone of [domain, stray.domain]) await dns.createZone(zone);
      await Promise.all([
        ...[...signers, stray].map(({ domain, selector, record }) =>
          dns.set(domain, `${selector}._domainkey.${domain}`, "TXT", 300, [record]),
        ),
        dns.set(domain, `_dmarc.${domain}`, "TXT", 300, ['"v=DMARC1; p=reject"']),
        dns.set(domain, domain, "TXT", 300, ['"v=spf1 -all"']),
      ]);
    });

    async function judged(by: readonly Signer[], change = (message: string) => message) {
      const messageId = `<${randomUUID()}@${domain}>`;
      const fields = [
        `From: a@${domain}`,
        "To: bob@peer.test",
        "Subject: signed",
        `Message-ID: ${messageId}`,
      ];
      const message = change(signed(fields, "Hello", by));
      const sent = await swaks("--to", "bob@peer.test", "--from", `a@${domain}`, "--data", message);
      expect(sent.code, sent.stdout).toBe(0);
      return (await correspondent(context, internet.machine).received({ messageId })).verdicts;
    }
    const verdict = ({ domain, selector, algorithm }: Signer, result: string) => ({
      domain,
      selector,
      algorithm,
      result,
    });

    it("judges every signature and what DMARC makes of them", async () => {
      const { dkim, dmarc, spf } = await judged(signers);
      expect([...dkim].reverse()).toEqual(signers.map((signer) => verdict(signer, "pass")));
      expect({ spf, dmarc }).toEqual({ spf: "fail", dmarc: "pass" });
    });

    it("finds a body that was changed", async () => {
      const { dkim, dmarc } = await judged(signers, (message) => message.replace("Hello", "Hallo"));
      expect(dkim.map(({ result }) => result)).toEqual(["fail", "fail"]);
      expect(dmarc).toBe("fail");
    });

    it("does not take another domain's signature for the author's", async () => {
      const { dkim, dmarc } = await judged([stray]);
      expect(dkim).toEqual([verdict(stray, "pass")]);
      expect(dmarc).toBe("fail");
    });
  });
});

describe("a bare Debian machine on the internet", () => {
  it("installs packages with their signatures checked, and gets a certificate by HTTP-01", async () => {
    const host = "bare.example.test";
    const address = "203.0.113.100";
    await internet.dns.set("example.test", host, "A", 300, [address]);
    const dir = join(context.dir, "bare");
    const network = `[Match]\nName=ens5\n[Network]\nAddress=${address}/24\nDNS=${addresses.resolver}\n`;
    const etc = join(dir, "upper/etc");
    await mkdir(join(etc, "systemd/network"), { recursive: true });
    await writeFile(join(etc, "systemd/network/ens5.network"), network);
    await mkdir(join(etc, "cloud"));
    await writeFile(join(etc, "cloud/cloud-init.disabled"), "");
    const cable = { guest: "ens5", port: "bare", netns: context.netns.internet, bridge: "inet0" };
    const machine = await boot({ context, name: "bare", image: base, dir, cable });
    try {
      await machine.exec(["sh", "-c", "until systemctl start network-online.target; do sleep 0.1; done"]);
      await machine.exec(["apt-get", "--error-on=any", "update"]);
      await machine.exec(["apt-get", "install", "--yes", ...packages]);
      await machine.exec(["sh", "-c", "cat >/root/trust.pem"], { input: internet.trust() });
      const lego = ["lego", "--server", "https://acme.test/dir", "--email", `a@${host}`, "--accept-tos"];
      await machine.exec([
        "env",
        "LEGO_CA_CERTIFICATES=/root/trust.pem",
        ...lego,
        "--path",
        "/root",
        "--domains",
        host,
        "--http",
        "run",
      ]);
      const verify = ["openssl", "verify", "-CAfile", "/root/trust.pem", "-untrusted"];
      const certificate = `/root/certificates/${host}.crt`;
      const { stdout } = await machine.exec([
        ...(verify as [string, ...string[]]),
        certificate,
        "-verify_hostname",
        host,
        certificate,
      ]);
      expect(stdout).toBe(`${certificate}: OK\n`);
    } finally {
      await machine.kill();
    }
  });
});

describe("an internet that was cut off", () => {
  it("has the same root, zones and mail when it is started again, and trusts the roots before", async () => {
    const { anchors } = internet;
    const roots = internet.trust();
    await internet.dns.createZone("example.test");
    await internet.dns.set("example.test", "kept.example.test", "A", 300, ["203.0.113.150"]);
    const subject = randomUUID();
    const swaks = ["--to", "bob@peer.test", "--from", "a@stranger.test", "--header", `Subject: ${subject}`];
    await stranger(["swaks", ...swaks]);
    await correspondent(context, internet.machine).received({ subject });

    await internet.machine.kill();
    internet = await startInternet(context, { authority, image });
    expect(internet.anchors).toEqual(anchors);
    expect(internet.trust().startsWith(roots)).toBe(true);
    expect(internet.trust().length).toBeGreaterThan(roots.length);
    expect(await internet.dns.resolve("kept.example.test", "A")).toEqual(["203.0.113.150"]);
    await correspondent(context, internet.machine).received({ subject });
  });
});
