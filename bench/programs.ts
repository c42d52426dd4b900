import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
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

/** A resource as `pulumi stack export` has it. */
export interface RawResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** `index.ts` with a number of domains, and a plain loop to compare it with. */
export interface DomainPrograms {
  readonly program: string;
  readonly loop: string;
  /** Gives the loop what it is to declare: the DNS records and keys among the program's resources. */
  repeat(resources: readonly RawResource[]): void;
}

/** @param domains each the name of a zone too; the host is in the first */
export function writeDomainPrograms(dir: string, domains: readonly string[]): DomainPrograms {
  rmSync(dir, { recursive: true, force: true });
  const program = join(dir, "program");
  const loop = join(dir, "loop");
  const stackFile = readFileSync(join(checkout, "stacks/Pulumi.local.yaml"), "utf8");
  const stack = parse(stackFile) as { config: Readonly<Record<string, unknown>> };
  const config = { ...stack.config, "mailserver:domains": domains.map((name) => ({ name })) };
  write(program, {
    "Pulumi.yaml": `name: mailserver\n${fastRuntime}main: main.ts\n`,
    "main.ts": 'import program = require("../../../index");\nexport = program;\n',
    // DNSSEC would be a resource of the zone, not of the domain.
    "Pulumi.local.yaml": stringify({ ...stack, config: { ...config, "mailserver:dnssec": false } }),
  });
  write(loop, { "Pulumi.yaml": `name: loop\n${fastRuntime}main: index.ts\n`, "index.ts": plainLoop });
  return {
    program,
    loop,
    repeat: (resources) =>
      write(loop, {
        "records.json": JSON.stringify(inputsOf(resources, "cloudflare:index/dnsRecord:DnsRecord")),
        "keys.json": JSON.stringify(inputsOf(resources, "tls:index/privateKey:PrivateKey")),
      }),
  };
}

/** With the same stack traces: they are what most of the SDK's own time goes into. */
const plainLoop = `import "../../../stack-traces";
import { DnsRecord, type DnsRecordArgs } from "@pulumi/cloudflare/dnsRecord";
import { PrivateKey, type PrivateKeyArgs } from "@pulumi/tls/privateKey";

const records = require("./records.json") as [string, DnsRecordArgs][];
const keys = require("./keys.json") as [string, PrivateKeyArgs][];
for (const [name, args] of records) new DnsRecord(name, args);
for (const [name, args] of keys) new PrivateKey(name, args);
`;

function inputsOf(resources: readonly RawResource[], type: string): [name: string, inputs: unknown][] {
  return resources
    .filter((resource) => resource.type === type)
    .map(({ urn, inputs }) => [urn.split("::").at(-1) ?? "", inputs]);
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
}
