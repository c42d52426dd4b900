import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../cli/stack";

/** The program of this project, and three to compare it with; each a directory with a Pulumi.yaml. */
export interface Programs {
  /** `index.ts` as it is. */
  readonly program: string;
  /** A program that declares nothing, with the same runtime settings. */
  readonly empty: string;
  /** The same, importing Pulumi's SDK, as every program does that declares something. */
  readonly sdk: string;
  /** `index.ts` with the runtime settings of Pulumi's TypeScript template: ts-node that checks types. */
  readonly template: string;
}

/** As in Pulumi.yaml; the directories of these programs are three below the checkout. */
const fastRuntime = `runtime:
  name: nodejs
  options:
    packagemanager: npm
    typescript: false
    nodeargs: "--require ../../../register.js"
`;

/** Writes them inside the checkout, so that all find the same node_modules. */
export function writePrograms(dir: string): Programs {
  rmSync(dir, { recursive: true, force: true });
  const empty = join(dir, "empty");
  const sdk = join(dir, "sdk");
  const template = join(dir, "template");
  write(empty, {
    "Pulumi.yaml": `name: empty\n${fastRuntime}main: index.ts\n`,
    "index.ts": "export {};\n",
  });
  write(sdk, {
    "Pulumi.yaml": `name: sdk\n${fastRuntime}main: index.ts\n`,
    "index.ts": 'import * as pulumi from "@pulumi/pulumi";\n\nexport const stack = pulumi.getStack();\n',
  });
  write(template, {
    "Pulumi.yaml":
      "name: mailserver\nruntime:\n  name: nodejs\n  options:\n    packagemanager: npm\nmain: main.ts\n",
    "main.ts": 'import program = require("../../../index");\nexport = program;\n',
    "tsconfig.json": JSON.stringify({
      extends: "../../../tsconfig.json",
      compilerOptions: { noEmit: false, outDir: "bin" },
      include: [],
      files: ["main.ts"],
    }),
  });
  cpSync(join(checkout, "stacks/Pulumi.local.yaml"), join(template, "Pulumi.local.yaml"));
  return { program: checkout, empty, sdk, template };
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
}
