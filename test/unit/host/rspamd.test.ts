import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
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

  it("takes up changed keys without a moment in which it does not answer", () => {
    expect(partOf(render(), "rspamd").services).toEqual([{ unit: "rspamd.service", onChange: "reload" }]);
  });

  it("keeps keys from everybody but Rspamd", () => {
    const keys = partOf(render(), "rspamd").files.filter(({ path }) => path.startsWith("/etc/rspamd/dkim/"));
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(key).toMatchObject({ mode: "0640", owner: "root:_rspamd" });
  });

  it.each(["asn", "fuzzy_check", "mid", "multimap", "phishing", "rbl", "whitelist"])(
    "does not ask the internet about messages: %s is off",
    (module) => {
      expect(override(`${module}.conf`)).toBe("enabled = false;\n");
    },
  );

  it.each([
    ["actions.conf", /^greylist = null;$/m, "nobody is kept waiting"],
    ["actions.conf", /^reject = 15;$/m, "refused only when much speaks against it"],
    ["options.inc", /nameserver = \["127\.0\.0\.1"\]/, "the validating resolver is asked"],
    ["options.inc", /^local_addrs = \["127\.0\.0\.0\/8", "::1"\];$/m, "a private address is no friend"],
    ["worker-proxy.inc", /self_scan = yes/, "one worker does it all"],
    ["worker-proxy.inc", /^bind_socket = "127\.0\.0\.1:11332";$/m, "only this host asks it"],
    ["worker-normal.inc", /^enabled = false;$/m, "no second scanner in memory"],
    ["worker-controller.inc", /^enabled = false;$/m, "no web interface"],
    ["dkim_signing.conf", /^use_esld = false;$/m, "a subdomain is not signed as its parent"],
  ])("%s has %s: %s", (file, line) => {
    expect(override(file)).toMatch(line);
  });
});
