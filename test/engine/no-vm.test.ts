import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { program } from "../../local/program";
import { run } from "../../local/run";
import { cloud, eventually, root } from "../system/support/cloud";

const local = cloud("test-no-vm");
const state = join(root, ".local", local.name);
afterAll(() => local.local(["down"]));

/** What a user may have in the environment, all of it pointing elsewhere. */
const users = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "not-to-be-used",
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  CLOUDFLARE_API_TOKEN: "not-to-be-used",
  PULUMI_ACCESS_TOKEN: "not-to-be-used",
  PULUMI_BACKEND_URL: "https://127.0.0.1:9",
  PULUMI_STACK: "production",
  PULUMI_CONFIG_PASSPHRASE: "another",
};

describe("npm start where machines can't boot", () => {
  it("says in one sentence what is missing and what to do, before anything is changed", async () => {
    const start = program("cli/main.ts", "local", "start");
    const { code, stdout, stderr } = await run(["unshare", "--user", ...start], {
      cwd: root,
      env: { ...process.env, MAILSERVER_LOCAL_NAME: local.name },
      accept: [0, 1],
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trim().split("\n")).toEqual([
      "Machines can't boot here: only root can make machines, networks and volumes. Run it as root, for example with sudo.",
      "`npm start -- --no-vm` runs the whole apply on the local cloud, with machines that do not boot.",
    ]);
    expect(existsSync(state)).toBe(false);
  });

  it("applies the whole stack with --no-vm and says so, whatever accounts the user has", async () => {
    const { code, stdout, stderr } = await local.local(["start", "--no-vm"], { env: users });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/Resources:\n\s+\+ \d+ created\n/);
    expect(stdout).toContain("Machines do not boot (--no-vm), so there is no mail server to try.");
  });

  it("has the outputs of the stack, and no machine to run a command on", async () => {
    expect(await local.outputs()).toMatchObject({ hostname: "mx1.example.test" });
    for (const place of ["mx1", "internet"]) {
      const { code, stderr } = await local.local(["exec", place, "--", "true"]);
      expect(code).toBe(1);
      expect(stderr).toContain("This cloud was started with --no-vm: its machines do not boot.");
    }
  });

  it("is not turned into a cloud with machines, which would take what never booted for one", async () => {
    const { code, stderr } = await local.local(["start"]);
    expect(code).toBe(1);
    expect(stderr).toContain("runs already. To start it another way, remove it first: npm run local -- down");
  });

  it("ends with `down`, which leaves nothing of it", async () => {
    const { pid } = JSON.parse((await local.local(["status", "--json"])).stdout) as { pid: number };
    expect((await local.local(["down"])).code).toBe(0);
    expect(existsSync(state)).toBe(false);
    await eventually(
      async () => existsSync(`/proc/${pid}/exe`),
      (running) => !running,
    );
    const { code, stderr } = await local.local(["status"]);
    expect(code).toBe(1);
    expect(stderr).toContain('The local cloud "test-no-vm" does not run. Start it with "npm start".');
  });
});
