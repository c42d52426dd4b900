import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../local/run";
import { eventually, root } from "./support/cloud";
import { alice, countBySubject } from "./support/imap";
import { shared as local } from "./support/shared";

const dir = mkdtempSync(join(tmpdir(), "mailserver-stranger-"));
const pulumi = (...args: string[]) => local.pulumi(["--cwd", dir, "--non-interactive", ...args]);
// Her hash is copied from the local stack, so her password is alice's.
const carol = { user: "carol@other.test", password: alice.password, host: "mail.other.test" };

/** The hash of the local stack's documented password. */
const passwordHash =
  /passwordHash: *['"]?([^'"\n]+)/.exec(readFileSync(join(root, "stacks/Pulumi.local.yaml"), "utf8"))?.[1] ??
  "";

beforeAll(async () => {
  await run(["npm", "pack", "--pack-destination", dir], { cwd: root });
  cpSync(join(root, "examples/one-domain"), dir, { recursive: true });
  const tarball = readdirSync(dir).find((name) => name.endsWith(".tgz"));
  const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  manifest.dependencies["pulumi-mailserver"] = `file:${tarball}`;
  writeFileSync(join(dir, "package.json"), JSON.stringify(manifest));
  await run(["npm", "install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: dir });
  await local.local(["zone", "other.test"]);
}, 600_000);

afterAll(async () => {
  await pulumi("destroy", "--yes", "--skip-preview");
  await pulumi("stack", "rm", "--yes", "one-domain");
  rmSync(dir, { recursive: true });
}, 600_000);

describe("a program of somebody else, on the standard TypeScript template, with the packed package", () => {
  it("previews and creates a mail server of its own", async () => {
    expect((await pulumi("stack", "init", "one-domain")).code).toBe(0);
    for (const [key, value] of [
      ["domain", "other.test"],
      ["vpcCidr", "10.9.0.0/16"],
      ["acmeDirectory", "https://acme.test/dir"],
      ["aws:region", "us-east-1"],
    ] as const)
      expect((await pulumi("config", "set", "--stack", "one-domain", key, value)).code).toBe(0);
    const secret = await local.pulumi(
      ["--cwd", dir, "config", "set", "--stack", "one-domain", "--secret", "passwordHash"],
      { input: passwordHash },
    );
    expect(secret.code, secret.stderr).toBe(0);
    const up = await pulumi("up", "--stack", "one-domain", "--yes", "--skip-preview");
    expect(up.code, up.stdout + up.stderr).toBe(0);
  });

  it("is ready on its own, and mail to its mailbox arrives", async () => {
    const subject = randomUUID();
    await eventually(
      () =>
        local.internet([
          "swaks",
          "--to",
          carol.user,
          "--from",
          "someone@stranger.test",
          "--tls",
          "--tls-verify",
          "--header",
          `Subject: ${subject}`,
        ]),
      ({ code }) => code === 0,
      { within: 400_000, every: 3_000 },
    );
    expect(
      await eventually(
        () => countBySubject(local, carol, subject),
        (n) => n > 0,
      ),
    ).toBeGreaterThan(0);
  });

  it("has a mailserver command, which finds nothing to mend", async () => {
    const command = [join(dir, "node_modules/.bin/mailserver"), "verify", "other.test", "--json"];
    // The certificate for the domain's web names comes after the host's own.
    const { code, stdout, stderr } = await eventually(
      () => local.internet([process.execPath, ...command]),
      (ended) => ended.code === 0,
      { within: 400_000, every: 3_000 },
    );
    const { checks } = JSON.parse(stdout || "{}") as { checks?: { id: string; outcome: string }[] };
    expect(checks?.length, stderr).toBeGreaterThan(100);
    expect(checks?.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(code).toBe(0);
  });

  it("has nothing to change afterwards", async () => {
    const { code, stdout } = await pulumi("preview", "--stack", "one-domain", "--expect-no-changes");
    expect(code, stdout).toBe(0);
  });
});
