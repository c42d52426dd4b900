import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { locateCloud } from "../../../local/locate";
import { pulumiEnvironment } from "../../../local/toolchain/environment";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "environment-"));
});
afterAll(() => rm(dir, { recursive: true }));

const ports = { aws: 4001, cloudflare: 4002, tls: 4003 };

describe("the environment of Pulumi on the local cloud", () => {
  it("has a home and a backend of its own and providers that already run", async () => {
    const env = await pulumiEnvironment(locateCloud(dir, "local"), ports, { PATH: "/bin", TERM: "xterm" });
    const state = locateCloud(dir, "local").dir;
    expect(env).toEqual({
      PATH: "/bin",
      TERM: "xterm",
      HOME: join(state, "pulumi/home"),
      PULUMI_HOME: join(state, "pulumi/home"),
      PULUMI_BACKEND_URL: `file://${state}/pulumi/backend`,
      PULUMI_CONFIG_PASSPHRASE: "local",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: "aws:4001,cloudflare:4002,tls:4003",
    });
  });

  it("passes nothing on of the caller's accounts, backends and keys", async () => {
    const name = fc.tuple(
      fc.constantFrom("AWS_", "CLOUDFLARE_", "CF_", "PULUMI_", "GOOGLE_", "NODE_", "SSH_", "XDG_", ""),
      fc.stringMatching(/^[A-Z_]{1,20}$/),
    );
    const known = [
      ...["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_CONFIG_FILE", "CLOUDFLARE_API_TOKEN", "HOME"],
      ...["PULUMI_ACCESS_TOKEN", "PULUMI_BACKEND_URL", "PULUMI_STACK", "PULUMI_CONFIG_PASSPHRASE_FILE"],
    ];
    const variable = fc.oneof(
      fc.constantFrom(...known),
      name.map((parts) => parts.join("")),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(variable, { minLength: 1 }), async (names) => {
        const caller = Object.fromEntries(names.map((key) => [key, "the-caller's"]));
        const env = await pulumiEnvironment(locateCloud(dir, "local"), ports, caller);
        const passed = Object.keys(env).filter((key) => env[key] === "the-caller's");
        expect(passed.filter((key) => !/^(PATH|TERM|LANG|LC_ALL|TZ|TMPDIR|NO_COLOR)$/.test(key))).toEqual([]);
      }),
    );
  });
});
