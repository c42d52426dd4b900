import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../local/run";
import { installLanguageHost } from "../../local/toolchain/language-host/install";
import { ensurePulumi } from "../../local/toolchain/pulumi";
import { blowfish } from "../unit/config/support/hashes";
import { openTestCloud, type TestCloud } from "./support/cloud";

const checkout = resolve(__dirname, "../..");

const project = `
name: late
runtime: { name: nodejs, options: { typescript: false, nodeargs: "--require sucrase/register/ts" } }
main: index.ts
`;

const program = `
import * as pulumi from "@pulumi/pulumi";
import { MailServer } from ${JSON.stringify(join(checkout, "components"))};
const config = new pulumi.Config();
new MailServer("mail", {
  hostname: "mx1.example.test",
  hostZoneId: "0123456789abcdef0123456789abcdef",
  domains: [{ name: "example.test", zoneId: "0123456789abcdef0123456789abcdef" }],
  mailboxes: [{ address: "alice@example.test", passwordHash: config.requireSecret("passwordHash") }],
  postmaster: "alice@example.test",
  vpcCidr: pulumi.output(config.require("vpcCidr")),
});
`;

describe("a program that passes on what it does not know itself", () => {
  let cloud: TestCloud;
  let dir: string;
  beforeAll(async () => {
    cloud = await openTestCloud();
    dir = await mkdtemp(join(tmpdir(), "pms-late-"));
    await symlink(join(checkout, "node_modules"), join(dir, "node_modules"));
    for (const [file, text] of Object.entries({
      "Pulumi.yaml": project,
      "index.ts": program,
      "package.json": "{}",
    }))
      await writeFile(join(dir, file), text);
    await installLanguageHost(await ensurePulumi(cloud.cacheDir), cloud.env.PULUMI_HOME ?? "", cloud.env);
    await pulumi("stack", "init", "test");
    await pulumi("config", "set", "aws:region", "us-east-1");
  });
  afterAll(async () => {
    await cloud.close();
    await rm(dir, { recursive: true });
  });

  it.each([
    [
      "passwordHash",
      "{PLAIN}wonderland",
      "10.1.0.0/16",
      "mailboxes[0].passwordHash: got a hash of the scheme {PLAIN}",
    ],
    ["vpcCidr", blowfish, "192.0.2.0/24", 'vpcCidr: got "192.0.2.0/24"'],
  ])(
    "is refused in the preview because of a wrong %s, which stays secret if it is one",
    async (_, hash, cidr, says) => {
      await pulumi("config", "set", "--secret", "passwordHash", hash);
      await pulumi("config", "set", "vpcCidr", cidr);
      const { stdout, code } = await pulumi("preview");
      expect(code).not.toBe(0);
      expect(stdout).toContain(says);
      expect(stdout).not.toContain("wonderland");
    },
  );

  function pulumi(...args: string[]) {
    const command: [string, ...string[]] = [cloud.cli, ...args, "--cwd", dir, "--non-interactive"];
    return run(command, { env: cloud.env, accept: [0, 1, 255] });
  }
});
