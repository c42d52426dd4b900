import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { internet } from "../local/context";
import { installPackages } from "../local/preflight";
import { run } from "../local/run";
import type { Cloud } from "../test/system/support/cloud";
import type { Fault } from "../test/system/support/faults/fault";
import { zoneFaults } from "../test/system/support/faults/zone";

/** Someone else's checker: what it complains about, as a set to compare with what it complained about before. */
export interface Checker {
  readonly name: string;
  /** Which faults are its subject. */
  knows(fault: Fault): boolean;
  complaints(): Promise<ReadonlySet<string>>;
}

/** Installs the checkers, from package registries alone. @param dir for what they need */
export async function otherCheckers(local: Cloud, dir: string): Promise<readonly Checker[]> {
  await mkdir(dir, { recursive: true });
  await installPackages(["python3-venv", "zonemaster-cli", "testssl.sh"]);
  const venv = join(dir, "checkdmarc");
  await run(["python3", "-m", "venv", venv]);
  await run([join(venv, "bin/pip"), "install", "--quiet", "checkdmarc==6.0.4"], { timeout: 300_000 });
  const hints = join(dir, "root.hints");
  const root = internet.nameservers.map(
    (address, i) => `. 3600000 NS ns${i + 1}.test.\nns${i + 1}.test. 3600000 A ${address}\n`,
  );
  await writeFile(hints, root.join(""));

  return [
    {
      name: "checkdmarc 6.0.4",
      knows: inZone,
      complaints: async () => {
        const { stdout } = await local.internet([join(venv, "bin/checkdmarc"), "example.test"]);
        return new Set(texts(JSON.parse(stdout), ""));
      },
    },
    {
      name: "zonemaster-cli",
      knows: inZone,
      complaints: async () => {
        const options = ["--hints", hints, "--json", "--level", "NOTICE", "--no-ipv6", "--no-time"];
        const { stdout } = await local.internet(["zonemaster-cli", ...options, "example.test"]);
        const messages = JSON.parse(stdout) as { tag: string; args: unknown }[];
        return new Set(messages.map(({ tag, args }) => `${tag} ${JSON.stringify(args)}`));
      },
    },
    {
      name: "testssl.sh",
      knows: inTls,
      complaints: async () => {
        const found = new Set<string>();
        for (const [service, ...options] of [["25", "--starttls", "smtp"], ["993"]] as const) {
          const file = join(dir, `testssl-${service}.json`);
          await run(["rm", "-f", file]);
          const what = [
            "--protocols",
            "--std",
            "--server-defaults",
            "--server-preference",
            "--renegotiation",
          ];
          const output = [
            "--jsonfile",
            file,
            "--quiet",
            "--warnings",
            "batch",
            "--color",
            "0",
            "--nodns",
            "min",
          ];
          await local.internet(["testssl", ...options, ...what, ...output, `mx1.example.test:${service}`]);
          const results = JSON.parse(await readFile(file, "utf8")) as { id: string; severity: string }[];
          for (const { id, severity } of results)
            if (!["OK", "INFO", "DEBUG"].includes(severity)) found.add(`${service} ${id} ${severity}`);
        }
        return found;
      },
    },
  ];
}

function inZone(fault: Fault): boolean {
  return zoneFaults.includes(fault);
}

function inTls({ named }: Fault): boolean {
  return named.some((id) => /^(tls|certificate)-|^smtp-starttls$/.test(id));
}

/** What checkdmarc has under "error" and "warnings", wherever they are. */
function texts(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "error" && inner) return [`${path}: ${String(inner)}`];
    if (key === "warnings" && Array.isArray(inner))
      return inner.map((warning) => `${path}: ${String(warning)}`);
    return texts(inner, `${path}/${key}`);
  });
}
