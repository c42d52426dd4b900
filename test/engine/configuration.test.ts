import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { run } from "../../local/run";
import { installLanguageHost } from "../../local/toolchain/language-host/install";
import { ensurePulumi } from "../../local/toolchain/pulumi";
import { openTestCloud, type TestCloud } from "./support/cloud";

const checkout = resolve(__dirname, "../..");

describe("a preview of a wrong configuration", () => {
  let cloud: TestCloud;
  let dir: string;
  beforeAll(async () => {
    cloud = await openTestCloud();
    dir = await mkdtemp(join(tmpdir(), "pms-configuration-"));
    await installLanguageHost(await ensurePulumi(cloud.cacheDir), cloud.env.PULUMI_HOME ?? "", cloud.env);
    await pulumi("stack", "select", "--create", "local");
  });
  afterAll(async () => {
    await cloud.close();
    await rm(dir, { recursive: true });
  });

  it("fails with one message that names every key, and creates nothing", async () => {
    const said = await refusal({
      hostname: "mx1",
      domains: [{ name: "example.test", dmarcPolicy: "block" }],
      mailboxes: [{ address: "alice@example.org", passwordHash: "{PLAIN}wonderland" }],
      sshCidrs: ["0.0.0.0/0"],
      typo: "yes",
    });
    expect(said).toContain("The configuration of this stack has 7 errors:");
    for (const key of [
      "hostname",
      "domains[0].dmarcPolicy",
      "mailboxes[0].address",
      "mailboxes[0].passwordHash",
      "postmaster",
      "sshCidrs[0]",
      "typo",
    ])
      expect(said).toContain(`mailserver:${key}: got `);
    expect(said).not.toContain("wonderland");
  });

  it("names every key that is missing", async () => {
    const said = await refusal({
      hostname: undefined,
      domains: undefined,
      mailboxes: undefined,
      postmaster: undefined,
    });
    for (const key of ["hostname", "domains", "mailboxes", "postmaster"])
      expect(said).toMatch(new RegExp(`mailserver:${key}: got (nothing|\\[\\]), wants `));
  });

  it("names every zone that does not exist, before anything is declared", async () => {
    const said = await refusal({
      domains: [
        { name: "example.test" },
        { name: "nowhere.test" },
        { name: "mail.else.test", zone: "else.test" },
      ],
    });
    expect(said).toContain('mailserver:domains[1].name: got "nowhere.test"');
    expect(said).toContain('mailserver:domains[2].zone: got "else.test"');
    expect(said).not.toContain("domains[0]");
  });

  it.each([
    ["domains", "example.test", "array<object>"],
    ["dataVolumeGiB", "lots", "integer"],
    ["protect", "perhaps", "boolean"],
  ])("names %s when it is of another type: Pulumi's own check of Pulumi.yaml", async (key, value, type) => {
    expect(await refusal({ [key]: value })).toContain(`configuration key '${key}' must be of type '${type}'`);
  });

  /** What a preview says of the local stack with some keys changed, and taken away where the value is undefined. */
  async function refusal(changes: Readonly<Record<string, unknown>>): Promise<string> {
    const stack = parse(await readFile(resolve(checkout, "stacks/Pulumi.local.yaml"), "utf8"));
    for (const [key, value] of Object.entries(changes)) stack.config[`mailserver:${key}`] = value;
    const file = join(dir, "Pulumi.local.yaml");
    await writeFile(file, stringify(stack));
    const { stdout, stderr } = await pulumi("preview", "--stack", "local", "--config-file", file);
    // The stack itself may be on the list.
    expect(stdout + stderr).not.toMatch(/aws:|cloudflare:|tls:|pulumi-mailserver:/);
    expect(cloud.store.size).toBe(0);
    return stdout + stderr;
  }

  function pulumi(...args: string[]) {
    const command: [string, ...string[]] = [cloud.cli, ...args, "--cwd", checkout, "--non-interactive"];
    return run(command, { env: cloud.env, accept: [0, 1, 255] });
  }
});
