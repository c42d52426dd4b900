import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { internet } from "../../local/context";
import { rootHints } from "../../local/internet/zones";
import { eventually } from "./support/cloud";
import { alice } from "./support/imap";
import { shared as local } from "./support/shared";

const domain = "example.test";
const dir = mkdtempSync(join(tmpdir(), "mailserver-trust-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** What the validating resolver says, a line an answer. */
async function dig(name: string, type: string): Promise<string[]> {
  const { stdout } = await local.internet(["dig", "+short", name, type]);
  return stdout.trim().split("\n").filter(Boolean);
}

describe("what is published for a domain", () => {
  it.each([
    [`_mta-sts.${domain}`, "TXT", /^"v=STSv1; id=[0-9a-f]{32}"$/],
    [`_smtp._tls.${domain}`, "TXT", /^"v=TLSRPTv1; rua=mailto:tls-reports@example\.test"$/],
    [`_25._tcp.${alice.host}`, "TLSA", /^3 1 1 [0-9A-F ]+$/],
    [alice.host, "CAA", /^0 issue "acme\.test; validationmethods=http-01"$/],
    [domain, "CAA", /^0 issuemail ";"$/],
    [`_submissions._tcp.${domain}`, "SRV", /^0 1 465 mx1\.example\.test\.$/],
    [`_imaps._tcp.${domain}`, "SRV", /^0 1 993 mx1\.example\.test\.$/],
    [`_sieve._tcp.${domain}`, "SRV", /^0 1 4190 mx1\.example\.test\.$/],
    [`_pop3._tcp.${domain}`, "SRV", /^0 0 0 \.$/],
    [`mta-sts.${domain}`, "CNAME", /^mx1\.example\.test\.$/],
    [`ed2._domainkey.${domain}`, "TXT", /^"v=DKIM1; k=ed25519; p=/],
  ] as const)("is %s %s, authentic by DNSSEC", async (name, type, expected) => {
    expect(
      (await dig(name, type)).some((line) => expected.test(line)),
      `${await dig(name, type)}`,
    ).toBe(true);
    const { stdout } = await local.internet(["dig", "+dnssec", name, type]);
    expect(stdout).toMatch(/flags:[a-z ]* ad[ ;]/);
  });

  it("has a name above its DKIM keys that answers NOERROR, so that no resolver takes them for missing", async () => {
    const { stdout } = await local.internet(["dig", `_domainkey.${domain}`, "TXT"]);
    expect(stdout).toMatch(/status: NOERROR/);
  });
});

describe("in the judgement of other people's tools", () => {
  it.each(["rsa1", "ed1", "rsa2", "ed2"])(
    "the DKIM key %s is a good one, and safe from forgers (opendkim-testkey)",
    async (selector) => {
      // Its own resolver knows nothing of this internet, and takes `test.` for a name that never is.
      const file = (name: string) => join(dir, name);
      const { stdout: anchor } = await local.internet(["dig", "+noall", "+answer", ".", "DNSKEY"]);
      writeFileSync(file("root.key"), anchor);
      writeFileSync(
        file("unbound.conf"),
        [
          "server:",
          `  trust-anchor-file: ${file("root.key")}`,
          '  local-zone: "test." nodefault',
          "forward-zone:",
          '  name: "."',
          `  forward-addr: ${internet.resolver}`,
          "",
        ].join("\n"),
      );
      writeFileSync(file("opendkim.conf"), `ResolverConfiguration ${file("unbound.conf")}\n`);
      const args = ["-x", file("opendkim.conf"), "-d", domain, "-s", selector, "-vvv"];
      // An answer that takes long on a busy machine is none to it.
      const { stdout, stderr } = await eventually(
        () => local.internet(["opendkim-testkey", ...args]),
        ({ code }) => code === 0,
        { within: 60_000 },
      );
      expect(stdout + stderr).toMatch(/key OK/);
      expect(stdout + stderr).not.toMatch(/not secure/);
    },
  );

  it("the TLSA records vouch for the certificate on port 25 (ldns-dane)", async () => {
    const fetched = await local.internet(
      [
        "sh",
        "-c",
        `openssl s_client -connect ${alice.host}:25 -starttls smtp -showcerts </dev/null 2>/dev/null | openssl x509`,
      ],
      { input: "" },
    );
    expect(fetched.stdout).toMatch(/BEGIN CERTIFICATE/);
    const ask = `f=$(mktemp) && cat >"$f" && ldns-dane -4 -n -c "$f" verify ${alice.host} 25; s=$?; rm "$f"; exit $s`;
    const { stdout, stderr, code } = await local.internet(["sh", "-c", ask], { input: fetched.stdout });
    expect(stdout + stderr).toMatch(/dane-validated successfully/i);
    expect(code).toBe(0);
  });

  it("mail to the host is safe from whoever can't forge DNSSEC (posttls-finger)", async () => {
    // On the host, for the sake of its Postfix: on this machine the package would bring a server with it.
    const args = ["-c", "-l", "dane-only", "-L", "summary", domain];
    const { stdout, stderr } = await local.on("mx1", ["posttls-finger", ...args]);
    expect(stdout + stderr).toMatch(/Verified TLS connection established to mx1\.example\.test/);
  });

  it("the policy that senders fetch is the one that is meant (curl)", async () => {
    const url = `https://mta-sts.${domain}/.well-known/mta-sts.txt`;
    const { stdout, code } = await local.internet(["curl", "-sS", "--fail", url]);
    expect(code).toBe(0);
    expect(stdout.split("\r\n")).toEqual([
      "version: STSv1",
      "mode: enforce",
      "mx: mx1.example.test",
      "max_age: 1209600",
      "",
    ]);
  });

  it("the zone has no fault (zonemaster)", async () => {
    const hints = join(dir, "root.hints");
    writeFileSync(hints, rootHints);
    const options = ["--hints", hints, "--json", "--level", "WARNING", "--no-time"];
    const { stdout, stderr } = await local.internet(["zonemaster-cli", ...options, domain]);
    if (!stdout) throw new Error(stderr);
    const found = JSON.parse(stdout) as { module: string; tag: string }[];
    // Who runs the name servers, and where, is not the domain owner's to choose; here one server is all of DNS.
    const notTheOwners = /^(ADDRESS|NAMESERVER|CONNECTIVITY)$|^RNAME_/;
    const faults = found.filter(({ module, tag }) => !notTheOwners.test(module) && !notTheOwners.test(tag));
    expect(faults).toEqual([]);
  });
});
