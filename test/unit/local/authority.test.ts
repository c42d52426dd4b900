import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openAuthority } from "../../../local/authority";

const dir = mkdtempSync(join(tmpdir(), "authority-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** OpenSSL's word on whether a certificate is good for a name; it exits with an error if not. */
async function verify(certPem: string, check: string[]): Promise<string> {
  writeFileSync(join(dir, "root"), (await openAuthority(dir)).rootPem);
  writeFileSync(join(dir, "leaf"), certPem);
  const args = ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", join(dir, "root"), ...check];
  return execFileSync("openssl", [...args, join(dir, "leaf")], { encoding: "utf8", stdio: "pipe" });
}

describe("the local certificate authority", () => {
  it("issues what OpenSSL accepts at its strictest, for the names asked for and no others", async () => {
    const { issue } = await openAuthority(dir);
    const { certPem } = await issue(["mx.peer.test", "*.s3.eu-central-1.amazonaws.com", "203.0.113.25"]);
    expect(await verify(certPem, ["-verify_hostname", "mx.peer.test"])).toMatch(/OK$/m);
    expect(await verify(certPem, ["-verify_hostname", "bundles.s3.eu-central-1.amazonaws.com"])).toMatch(
      /OK$/m,
    );
    expect(await verify(certPem, ["-verify_ip", "203.0.113.25"])).toMatch(/OK$/m);
    await expect(verify(certPem, ["-verify_hostname", "peer.test"])).rejects.toThrow();
  });

  it("is the same after a restart, its key readable by nobody else", async () => {
    const before = await openAuthority(dir);
    const { certPem } = await before.issue(["a.test"]);
    expect((await openAuthority(dir)).rootPem).toBe(before.rootPem);
    expect(await verify(certPem, [])).toMatch(/OK$/m);
    expect(statSync(join(dir, "root.key")).mode & 0o077).toBe(0);
  });

  it("issues a key that belongs to the certificate", async () => {
    const { certPem, keyPem } = await (await openAuthority(dir)).issue(["a.test"]);
    const publicKey = (command: string, input: string) =>
      execFileSync("openssl", [command, ...(command === "x509" ? ["-noout", "-pubkey"] : ["-pubout"])], {
        input,
      });
    expect(publicKey("x509", certPem)).toEqual(publicKey("pkey", keyPem));
  });
});
