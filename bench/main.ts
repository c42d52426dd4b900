import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { type EngineFigures, measureEngine } from "./engine";
import { type HostFigures, measureHost } from "./host";
import { measureVerify, type VerifyFigures } from "./verify";

const rounds = 5;

/** Measures everything and writes `bench/results.md`. */
async function main(): Promise<void> {
  const engine = await measureEngine(rounds);
  const host = await measureHost(rounds);
  const verify = await measureVerify(rounds);
  const report = [head(), previews(engine), applies(engine), hosts(host), verified(verify)].join("\n");
  writeFileSync(join(__dirname, "results.md"), report);
  process.stdout.write(report);
}

function head(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `# Figures

Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${memory} GiB, Node ${process.versions.node}.
Medians of ${rounds}, taken in turns in one run. Absolute times are this machine's; the ratios are what to compare.
`;
}

function previews({ preview }: EngineFigures): string {
  const row = (what: string, seconds: number) =>
    `| ${what} | ${seconds.toFixed(2)} s | ${(seconds / preview.empty).toFixed(2)} |`;
  return `## \`pulumi preview\`

| program | time | of the empty program's |
|---|---|---|
${row("empty, same runtime settings", preview.empty)}
${row("empty but for importing @pulumi/pulumi", preview.sdk)}
${row("this program", preview.program)}
${row("this program, runtime settings of the TypeScript template", preview.template)}
`;
}

function applies({ apply }: EngineFigures): string {
  return `## Applies on the local cloud, machines that do not boot

| operation | time |
|---|---|
| \`pulumi up\` from nothing | ${apply.up.toFixed(2)} s |
| \`pulumi up\`, nothing to change | ${apply.noOpUp.toFixed(2)} s |
| \`pulumi destroy\` | ${apply.destroy.toFixed(2)} s |
`;
}

function hosts({ stages, again, idleMemory }: HostFigures): string {
  const untilMail = ["pulumi up", "host ready", "checks"].reduce((sum, name) => sum + (stages[name] ?? 0), 0);
  const rows = Object.entries(stages).map(([name, seconds]) => `| ${name} | ${seconds.toFixed(1)} s |`);
  return `## \`npm start\`, images in the cache

| stage | time |
|---|---|
${rows.join("\n")}
| from \`pulumi up\` to the last check | ${untilMail.toFixed(1)} s |
| the second \`npm start\`, whole | ${again.toFixed(1)} s |

Memory of the idle host, the sum of its processes' proportional set sizes: ${Math.round(idleMemory)} MiB.
`;
}

function verified({ checks, seconds, named }: VerifyFigures): string {
  const rows = named.map((row) => `| ${row.checker} | ${row.of} | ${row.named} | ${row.own} |`);
  return `## \`mailserver verify\`

${checks} checks. One domain takes ${seconds.one.toFixed(1)} s, fifty domains on one host ${seconds.fifty.toFixed(1)} s.

Single faults planted in a good server, of the kind that another checker is about, and how many of them each
complains about at all. Only \`mailserver verify\` is also held to naming the right one and nothing else, by the tests.

| checker | faults | it complains | \`mailserver verify\` complains |
|---|---|---|---|
${rows.join("\n")}
`;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
