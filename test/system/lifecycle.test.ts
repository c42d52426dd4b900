import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../local/run";
import { cloud, root } from "./support/cloud";
import { shared } from "./support/shared";

const bare = cloud("test-bare");
const dir = mkdtempSync(join(tmpdir(), "mailserver-lifecycle-"));
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await bare.local(["down"]);
}, 300_000);

/** A mounted file system grows with CAP_SYS_RESOURCE alone, capability 24: a container around all this may not have it. */
const [, capabilities = "0"] = /^CapBnd:\s*(\w+)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
const mayGrow = ((BigInt(`0x${capabilities}`) >> 24n) & 1n) === 1n;

/** What a cloud could leave behind on this machine, by kind. */
async function traces(id: string): Promise<Record<string, string[]>> {
  const lines = async (...command: [string, ...string[]]) =>
    (await run(command)).stdout.split("\n").filter((line) => line.includes(id) || line.includes(bareDir));
  const bareDir = join(root, ".local/test-bare");
  return {
    namespaces: await lines("ip", "netns", "list"),
    mounts: await lines("cat", "/proc/self/mountinfo"),
    loops: await lines("losetup", "--list", "--noheadings", "--output", "NAME,BACK-FILE"),
    interfaces: await lines("ip", "-o", "link"),
    processes: await lines("ps", "axww", "-o", "pid,args"),
    folders: [join("/run", id), bareDir, `/etc/netns/${id}-internet`].filter((path) => existsSync(path)),
  };
}

describe("starting again", () => {
  it("changes nothing, says so, and checks the mail again", async () => {
    const again = await shared.local(["start"]);
    expect(again.code, again.stdout + again.stderr).toBe(0);
    expect(again.stdout).toMatch(/\d+ unchanged/);
    expect(again.stdout).not.toMatch(/[+~-] \d+ (created|updated|deleted|replaced)/);
  });
});

describe("a bare Debian 13 image, as EC2's", () => {
  it("becomes a mail server by itself, its packages coming from a mirror on the internet", async () => {
    const started = await bare.local(["start", "--bare"]);
    expect(started.code, started.stdout + started.stderr).toBe(0);
    const log = await bare.on("mx1", ["cat", "/var/log/apt/history.log"]);
    expect(log.stdout).toMatch(/Install: .*postfix/);
  });

  it("runs beside another local cloud with the same names and addresses", async () => {
    const here = await bare.outputs();
    const there = await shared.outputs();
    expect(here.hostname).toBe(there.hostname);
    expect(here.instanceId).not.toBe(there.instanceId);
  });

  it.runIf(mayGrow)(
    "has more room for mail once its data volume is declared larger, without a restart",
    async () => {
      const room = async () => {
        const { stdout } = await bare.on("mx1", [
          "df",
          "--output=size",
          "--block-size=1G",
          "/srv/mailserver",
        ]);
        return Number(stdout.split("\n")[1]);
      };
      const booted = await bare.on("mx1", ["cat", "/proc/sys/kernel/random/boot_id"]);
      expect(await room()).toBeLessThanOrEqual(20);
      const text = readFileSync(join(root, "stacks/Pulumi.local.yaml"), "utf8");
      const file = join(dir, "Pulumi.local.yaml");
      writeFileSync(
        file,
        text.replace(/^( *)mailserver:hostname:.*\n/m, "$&$1mailserver:dataVolumeGiB: 40\n"),
      );
      const up = await bare.pulumi(["up", "--yes", "--skip-preview", "--config-file", file]);
      expect(up.code, up.stdout + up.stderr).toBe(0);
      const applied = await bare.local(["wait"]);
      expect(applied.code, applied.stdout + applied.stderr).toBe(0);
      expect(await room()).toBeGreaterThan(35);
      expect(await bare.on("mx1", ["cat", "/proc/sys/kernel/random/boot_id"])).toEqual(booted);
    },
  );

  it("is gone without a trace after `down`", async () => {
    const { stdout } = await bare.local(["status", "--json"]);
    const { id } = JSON.parse(stdout) as { id: string };
    expect((await traces(id)).namespaces).not.toEqual([]);
    const down = await bare.local(["down"]);
    expect(down.code, down.stderr).toBe(0);
    expect(await traces(id)).toEqual({
      namespaces: [],
      mounts: [],
      loops: [],
      interfaces: [],
      processes: [],
      folders: [],
    });
  });
});
