import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunResult, run } from "../../local/run";
import { installLanguageHost } from "../../local/toolchain/language-host/install";
import { ensurePulumi } from "../../local/toolchain/pulumi";
import { openTestCloud, type TestCloud } from "./support/cloud";

let cloud: TestCloud;
let dir: string;
beforeAll(async () => {
  cloud = await openTestCloud();
  await installLanguageHost(await ensurePulumi(cloud.cacheDir), cloud.env.PULUMI_HOME ?? "", cloud.env);
});
afterAll(() => cloud.close());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "template-"));
});
afterEach(() => rm(dir, { recursive: true }));

/** Writes a project as `pulumi new typescript` does, with its packages installed. */
async function project(index: string, runtimeOptions = "packagemanager: npm"): Promise<void> {
  const files = {
    "Pulumi.yaml": `name: template\nruntime:\n  name: nodejs\n  options:\n    ${runtimeOptions}\n`,
    "package.json": JSON.stringify({ name: "template", main: "index.ts" }),
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        target: "es2020",
        module: "commonjs",
        moduleResolution: "node",
        types: ["node"],
      },
      files: ["index.ts"],
    }),
    "index.ts": `import * as pulumi from "@pulumi/pulumi";\n${index}\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  await symlink(resolve(__dirname, "../../node_modules"), join(dir, "node_modules"));
  await pulumi("stack", "init", `dev-${Date.now()}`);
}

function pulumi(...args: string[]): Promise<RunResult> {
  return run([cloud.cli, ...args, "--cwd", dir, "--non-interactive"], {
    env: cloud.env,
    accept: [0, 1, 255],
  });
}

const up = () => pulumi("up", "--yes", "--skip-preview");

describe("a program on the standard TypeScript template, with a CLI that came without a language host", () => {
  it("gets its configuration and keeps secrets secret", async () => {
    await project(`const config = new pulumi.Config();
      export const greeting: string = "hello " + config.require("name");
      export const password = config.requireSecret("password");
      export const where = [pulumi.getProject(), pulumi.runtime.isDryRun()];`);
    await pulumi("config", "set", "name", "world");
    await pulumi("config", "set", "--secret", "password", "open sesame");
    const { code, stdout, stderr } = await up();
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/greeting: "hello world"/);
    expect(stdout).toMatch(/password: \[secret\]/);
    expect(stdout).not.toContain("open sesame");
    const outputs = JSON.parse((await pulumi("stack", "output", "--json")).stdout);
    expect(outputs.where).toEqual(["template", false]);
  });

  it("is told once what is wrong with it, and nothing after that", async () => {
    await project(`throw new Error("the moon is full");`);
    const { code, stdout, stderr } = await up();
    expect(code).not.toBe(0);
    const said = stdout + stderr;
    expect(said.split("Error: the moon is full").length - 1).toBe(1);
    expect(said).not.toContain("non-zero exit code");
  });

  it("has its types checked, as that template has", async () => {
    await project(`export const port: number = "25";`);
    const { code, stdout, stderr } = await up();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain("Type 'string' is not assignable to type 'number'");
  });

  it("gets the arguments for node from its Pulumi.yaml", async () => {
    await project("export const args = process.execArgv;", 'nodeargs: "--no-warnings --stack-trace-limit=5"');
    await up();
    expect(JSON.parse((await pulumi("stack", "output", "args", "--json")).stdout)).toEqual([
      "--no-warnings",
      "--stack-trace-limit=5",
    ]);
  });

  it("is told to install its packages if they are not there", async () => {
    await project("");
    await rm(join(dir, "node_modules"));
    const { code, stdout, stderr } = await up();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain(`The Pulumi SDK is not installed in ${dir}. Run "npm install" there.`);
  });
});
