import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run } from "../../local/run";
import { installLanguageHost } from "../../local/toolchain/language-host/install";
import { ensurePulumi } from "../../local/toolchain/pulumi";
import { openTestCloud, type TestCloud } from "./support/cloud";

const checkout = resolve(__dirname, "../..");

let cloud: TestCloud;
let dir: string;
beforeAll(async () => {
  cloud = await openTestCloud();
  await installLanguageHost(await ensurePulumi(cloud.cacheDir), cloud.env.PULUMI_HOME ?? "", cloud.env);
  dir = await mkdtemp(join(tmpdir(), "traces-"));
  await symlink(join(checkout, "node_modules"), join(dir, "node_modules"));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
  await cloud.close();
});

const runtimes = {
  "this project's settings": 'typescript: false, nodeargs: "--require sucrase/register/ts"',
  "the settings of Pulumi's template": "packagemanager: npm",
};

for (const [name, options] of Object.entries(runtimes))
  it(`an error in the program is shown with the line of its source, with ${name}`, async () => {
    const files = {
      "Pulumi.yaml": `name: traces\nruntime: { name: nodejs, options: { ${options} } }\nmain: index.ts\n`,
      "tsconfig.json": JSON.stringify({
        compilerOptions: { strict: true, module: "commonjs", moduleResolution: "node", types: ["node"] },
        files: ["index.ts"],
      }),
      "index.ts": `import ${JSON.stringify(join(checkout, "stack-traces"))};
import * as pulumi from "@pulumi/pulumi";

interface Unused {
  readonly lines: string;
}

function fail(unused?: Unused): void {
  throw new Error(\`\${pulumi.getStack()} \${unused}\`);
}
fail();
`,
    };
    for (const [file, text] of Object.entries(files)) await writeFile(join(dir, file), text);
    const pulumi = (...args: string[]) =>
      run([cloud.cli, ...args, "--cwd", dir, "--non-interactive"], { env: cloud.env, accept: [0, 1, 255] });
    await pulumi("stack", "select", "--create", "dev");
    const { stdout, stderr } = await pulumi("preview");
    expect(stdout + stderr).toContain("Error: dev undefined");
    expect(stdout + stderr).toMatch(/index\.ts:9:/);
    expect(stdout + stderr).toMatch(/index\.ts:11:/);
  });
