import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Greylisting } from "../../../host";
import { declaration, ed25519Key, fileOf, partOf, render } from "./support/declaration";

const override = (name: string) => fileOf(render(), `/etc/rspamd/override.d/${name}`);

describe("Rspamd", () => {
  it("judges the greatest message that Postfix takes, and lets none pass that it has not", () => {
    const options = fileOf(render({ messageBytes: 120_000_000 }), "/etc/rspamd/local.d/options.inc");
    expect(Number(/^max_message = (\d+);$/m.exec(options)?.[1])).toBeGreaterThan(120_000_000);
    expect(options).toMatch(/^soft_reject_on_timeout = true;$/m);
  });

  it("signs with every key of every domain", async () => {
    await expect(override("dkim_signing.conf")).toMatchFileSnapshot("snapshots/dkim_signing.conf");
  });

  it("reads an RSA key as it is declared", () => {
    expect(fileOf(render(), "/etc/rspamd/dkim/example.test.r1.key")).toBe(
      declaration.domains[0]?.dkim[0]?.privateKeyPem,
    );
  });

  it("reads an Ed25519 key as the seed whose public half is published", () => {
    const seed = Buffer.from(fileOf(render(), "/etc/rspamd/dkim/example.test.e1.key"), "base64");
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
    const key = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
    expect(key.equals(ed25519Key.publicKey)).toBe(true);
  });

  it("has a key that does not sign on the host, and signs without it", () => {
    const [domain] = declaration.domains;
    const dkim = (domain?.dkim ?? []).map((key) => ({ ...key, signs: key.selector !== "r1" }));
    const bundle = render({ domains: [{ name: "example.test", dkim }] });
    expect(fileOf(bundle, "/etc/rspamd/dkim/example.test.r1.key")).toContain("PRIVATE KEY");
    const signing = fileOf(bundle, "/etc/rspamd/override.d/dkim_signing.conf");
    expect(signing.match(/selector = "\w+"/g)).toEqual(['selector = "e1"']);
  });

  it("knows who owns which address, to hold what recipients see to it", () => {
    const rows = fileOf(render(), "/etc/rspamd/senders.map");
    expect(rows).toBe(fileOf(render(), "/etc/postfix/senders"));
    expect(rows).toContain("alice@example.test alice@example.test\n");
  });

  it("takes up changed keys without a moment in which it does not answer", () => {
    expect(partOf(render(), "rspamd").services).toEqual([{ unit: "rspamd.service", onChange: "reload" }]);
  });

  it("has its changes in force once a reload has ended", () => {
    const unit = fileOf(render(), "/etc/systemd/system/rspamd.service.d/mailserver.conf");
    const [, script = ""] = /^ExecReload=\nExecReload=\/bin\/sh -eu (\S+) \$MAINPID$/m.exec(unit) ?? [];
    expect(fileOf(render(), script)).toContain('kill -HUP "$1"');
  });

  it("keeps keys from everybody but Rspamd", () => {
    const keys = partOf(render(), "rspamd").files.filter(({ path }) => path.startsWith("/etc/rspamd/dkim/"));
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(key).toMatchObject({ mode: "0640", owner: "root:_rspamd" });
  });

  it.each(["asn", "fuzzy_check", "mid", "phishing", "whitelist"])(
    "does not ask the internet about messages: %s is off",
    (module) => {
      expect(override(`${module}.conf`)).toBe("enabled = false;\n");
    },
  );

  it.each(["history_redis", "neural", "ratelimit"])(
    "has Redis for what is asked of it alone: %s is off",
    (module) => {
      expect(override(`${module}.conf`)).toBe("enabled = false;\n");
    },
  );

  describe("greylisting", () => {
    const of = (greylisting?: Greylisting) => {
      const bundle = render({ greylisting });
      const [threshold] =
        /^greylist = .*;$/m.exec(fileOf(bundle, "/etc/rspamd/override.d/actions.conf")) ?? [];
      return { threshold, module: fileOf(bundle, "/etc/rspamd/override.d/greylist.conf") };
    };

    it("that is never wanted is off", () => {
      expect(of("never")).toEqual({ threshold: "greylist = null;", module: "enabled = false;\n" });
    });

    it("is of what is suspicious where nothing else is declared", () => {
      expect(of()).toEqual(of("suspicious"));
      expect(of().threshold).toBe("greylist = 4;");
      expect(of().module).toMatch(/^whitelist_symbols = \["REPLY"\];$/m);
    });

    it("of all leaves out what a domain vouches for", () => {
      expect(of("always").threshold).toBe("greylist = -1000;");
      expect(of("always").module).toMatch(/^whitelist_symbols = \["REPLY","DMARC_POLICY_ALLOW"\];$/m);
    });
  });

  it.each([
    [true, "true"],
    [undefined, "true"],
    [false, "false"],
  ])("asks DNS lists when that is declared: %s", (dnsLists, enabled) => {
    const sections = fileOf(render({ dnsLists }), "/etc/rspamd/rspamd.conf.override");
    expect(sections).toContain(`rbl {\n  enabled = ${enabled};`);
    // An answer that is not listed there means nothing.
    expect(sections).toMatch(/^ {2}default_unknown = false;$/m);
  });

  it("is reached by Dovecot's user alone where it is taught", () => {
    const unit = fileOf(render(), "/etc/systemd/system/rspamd.service.d/mailserver.conf");
    expect(unit).toMatch(/^Group=vmail\nRuntimeDirectoryMode=0750$/m);
    expect(override("worker-controller.inc")).toMatch(
      /^bind_socket = "\/run\/rspamd\/controller\.sock mode=0666";$/m,
    );
  });

  it.each([
    ["invoice.exe", true],
    ["invoice.PDF.js", true],
    ["setup.msi. . ", true],
    ["image.iso", true],
    ["notes.txt", false],
    ["exe", false],
    ["report.docx", false],
    ["archive.zip", false],
    ["example.com.pdf", false],
  ])("has %s for an attachment that can run: %s", (name, runs) => {
    const lines = fileOf(render(), "/etc/rspamd/runnable_attachments.map").split("\n");
    const patterns = lines
      .filter((line) => line.startsWith("/"))
      .map((line) => new RegExp(line.slice(1, -2), "i"));
    expect(patterns).not.toHaveLength(0);
    expect(patterns.some((pattern) => pattern.test(name))).toBe(runs);
  });

  it.each([
    ["actions.conf", /^reject = 15;$/m, "refused only when much speaks against it"],
    ["redis.conf", /^servers = "\/run\/redis\/redis\.sock";$/m, "Redis by its socket"],
    ["classifier-bayes.conf", /^ {2}check_balance = true;$/m, "what is learned by itself is bounded"],
    ["dmarc.conf", /^ {2}reject = "reject";$/m, "a domain's wish is honoured"],
    ["dmarc.conf", /^ {2}quarantine = "add header";$/m, "a domain's wish is honoured"],
    ["arc.conf", /^sign_inbound = false;$/m, "nothing is sealed"],
    ["options.inc", /nameserver = \["127\.0\.0\.1"\]/, "the validating resolver is asked"],
    ["options.inc", /^local_addrs = \["127\.0\.0\.0\/8", "::1"\];$/m, "a private address is no friend"],
    ["worker-proxy.inc", /self_scan = yes/, "one worker does it all"],
    ["worker-proxy.inc", /^bind_socket = "127\.0\.0\.1:11332";$/m, "only this host asks it"],
    ["worker-proxy.inc", /^spam_header = "X-Spam";$/m, "what Dovecot files by"],
    ["worker-normal.inc", /^enabled = false;$/m, "no second scanner in memory"],
    ["dkim_signing.conf", /^use_esld = false;$/m, "a subdomain is not signed as its parent"],
  ])("%s has %s: %s", (file, line) => {
    expect(override(file)).toMatch(line);
  });
});
