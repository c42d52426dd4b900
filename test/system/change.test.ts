import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { eventually, root } from "./support/cloud";
import { shared as local } from "./support/shared";

const dir = mkdtempSync(join(tmpdir(), "mailserver-change-"));
afterAll(() => rmSync(dir, { recursive: true }));

const up = (file: string) => local.pulumi(["up", "--yes", "--skip-preview", "--config-file", file]);
const rcpt = (to: string) =>
  local.internet(["swaks", "--to", to, "--from", "someone@stranger.test", "--quit-after", "RCPT"]);

describe("a change of the configuration", () => {
  const original = join(root, "stacks/Pulumi.local.yaml");

  it("reaches the running host on `pulumi up`, without replacing or restarting it", async () => {
    const before = await local.outputs();
    const booted = await local.on("mx1", ["cat", "/proc/sys/kernel/random/boot_id", "/etc/machine-id"]);
    expect((await rcpt("dinah@example.test")).stdout).toMatch(/550 5\.1\.1/);

    const changed = join(dir, "Pulumi.local.yaml");
    const text = readFileSync(original, "utf8");
    const mailbox = /^( *)- address: alice@example\.test\n *passwordHash: .*\n/m.exec(text)?.[0] ?? "";
    expect(mailbox).not.toBe("");
    writeFileSync(
      changed,
      text.replace(mailbox, mailbox + mailbox.replace("alice@example.test", "dinah@example.test")),
    );
    const applied = await up(changed);
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);

    await eventually(
      () => rcpt("dinah@example.test"),
      ({ stdout }) => /^<- {2}250 2\.1\.5/m.test(stdout),
    );
    const after = await local.outputs();
    expect(after.instanceId).toBe(before.instanceId);
    expect(after.bundleDigest).not.toBe(before.bundleDigest);
    expect(await local.on("mx1", ["cat", "/proc/sys/kernel/random/boot_id", "/etc/machine-id"])).toEqual(
      booted,
    );
  });

  it("is taken back the same way", async () => {
    expect((await up(original)).code).toBe(0);
    await eventually(
      () => rcpt("dinah@example.test"),
      ({ stdout }) => /550 5\.1\.1/.test(stdout),
    );
  });

  it("that changes nothing is reported as unchanged, in a preview too", async () => {
    const { code, stdout } = await local.pulumi(["preview", "--expect-no-changes"]);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/\d+ unchanged/);
  });
});
