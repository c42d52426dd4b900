import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { type DomainFigures, type DomainTimes, measureDomains } from "./domains";
import { type EngineFigures, measureEngine } from "./engine";
import { type HostFigures, measureHost } from "./host";
import { type MailFigures, measureMail, servers } from "./mail";
import { measureVerify, type VerifyFigures } from "./verify";

const rounds = 5;
const results = join(__dirname, "results.md");

/** What can be measured by itself, by the name that `npm run bench --` takes; each gives sections of the results. */
const parts: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  pulumi: async () => {
    const figures = await measureEngine(rounds);
    return [previews(figures), applies(figures)];
  },
  // A hundred take so long that a slow minute of the machine makes no difference.
  domains: async () => [domains(await measureDomains({ 1: rounds, 10: 3, 100: 1 }))],
  host: async () => [hosts(await measureHost(rounds))],
  mail: async () => [mail(await measureMail(rounds))],
  verify: async () => [verified(await measureVerify(rounds))],
};

/** Measures the named parts, or everything, and puts their sections into `bench/results.md`. */
async function main(names: readonly string[]): Promise<void> {
  const strangers = names.filter((name) => !(name in parts));
  if (strangers.length > 0)
    throw new Error(`There is no part ${strangers.join(", ")}, only ${Object.keys(parts).join(", ")}.`);
  for (const [name, measure] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const sections = (await measure()).map(dated);
    writeFileSync(results, withSections(readFileSync(results, "utf8"), sections));
    process.stdout.write(`${sections.join("\n")}\n`);
  }
}

/** Replaces the sections that have the same heading, and adds those that are new. */
function withSections(report: string, sections: readonly string[]): string {
  const heading = (section: string) => section.split("\n", 1)[0] ?? "";
  const made = new Map(sections.map((section) => [heading(section), section]));
  const [head, ...before] = report.split(/^(?=## )/m).map((section) => `${section.trimEnd()}\n`);
  const kept = before.map((section) => made.get(heading(section)) ?? section);
  const added = sections.filter((section) => !before.some((other) => heading(other) === heading(section)));
  return [head, ...kept, ...added].join("\n");
}

/** Says under a section's heading when and where it was measured. */
function dated(section: string): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cores, ${memory} GiB, Node ${process.versions.node}`;
  return section.replace("\n", `\n\n${new Date().toISOString().slice(0, 10)}, ${machine}.\n`);
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

function domains(figures: readonly DomainFigures[]): string {
  const row = (cells: readonly unknown[], times: DomainTimes, digits: number, unit = "") => {
    const values = [times.preview, times.up, times.upWithoutCheckpoints, times.noOpUp];
    return `| ${[...cells, ...values.map((value) => (Number.isNaN(value) ? "not run" : value.toFixed(digits) + unit))].join(" | ")} |`;
  };
  const rows = figures.flatMap(({ domains, resources, program, loop }) => [
    row([domains, "this program", resources.program], program, 2, " s"),
    row([domains, "plain loop", resources.loop], loop, 2, " s"),
    row([domains, "ratio", ""], combine(program, loop, divide), 2),
  ]);
  const growth = figures.slice(1).flatMap((more, i) => {
    const less = figures[i] ?? more;
    const each = (a: number, b: number) => (a - b) / (more.domains - less.domains);
    const resources = (of: "program" | "loop") => each(more.resources[of], less.resources[of]);
    const span = `${less.domains} to ${more.domains}`;
    const program = combine(more.program, less.program, each);
    const loop = combine(more.loop, less.loop, each);
    return [
      row([span, "this program", resources("program")], program, 2, " s"),
      row([span, "plain loop", resources("loop")], loop, 2, " s"),
      row([span, "ratio", ""], combine(program, loop, divide), 2),
    ];
  });
  return `## Domains, each in a zone of its own

On the local cloud, machines that do not boot. The plain loop declares the program's own DNS records and keys, without
components and without the host. With a backend of files, the engine writes the whole state before and after every
operation, which grows with its square; \`PULUMI_EXPERIMENTAL=true PULUMI_SKIP_CHECKPOINTS=true\` writes it once at the end.

| domains | | resources | \`preview\` | \`up\` from nothing | without checkpoints | \`up\`, nothing to change |
|---|---|---|---|---|---|---|
${rows.join("\n")}

What each further domain takes:

| domains | | resources | \`preview\` | \`up\` from nothing | without checkpoints | \`up\`, nothing to change |
|---|---|---|---|---|---|---|
${growth.join("\n")}
`;
}

const divide = (a: number, b: number) => a / b;

function combine(a: DomainTimes, b: DomainTimes, by: (a: number, b: number) => number): DomainTimes {
  return {
    preview: by(a.preview, b.preview),
    up: by(a.up, b.up),
    upWithoutCheckpoints: by(a.upWithoutCheckpoints, b.upWithoutCheckpoints),
    noOpUp: by(a.noOpUp, b.noOpUp),
  };
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

function mail({ rates, fetches, memory, small }: MailFigures): string {
  const own = rates["this host"];
  const rows = servers.map((server) => {
    const { received, submitted } = rates[server];
    const cells = [received, received / own.received, submitted, submitted / own.submitted];
    const texts = cells.map((value, i) => value.toFixed(i % 2 === 0 ? 0 : 2));
    return `| ${server} | ${texts.join(" | ")} |`;
  });
  return `## Mail

A thousand messages of 4 KB over twenty connections, until the last is delivered. Received: on port 25, signed, into
mailboxes; submitted: on port 465 with a login, to a server that takes everything. Haraka 3.3.4 runs on the same host
with SPF, DKIM and its checks of headers, attachments and names, a process for each core, its queue on disk.

| server | received a second | of this host's | submitted a second | of this host's |
|---|---|---|---|---|
${rows.join("\n")}

Messages read over IMAP a second, whole, over ten connections: ${fetches.toFixed(0)}.

Memory of the host, the sum of its processes' proportional set sizes: ${Math.round(memory.idle)} MiB idle,
at most ${Math.round(memory.loaded)} MiB while it receives.

The same on a machine with 512 MiB and no swap (t3.nano): ${small.received.toFixed(0)} messages received a second, at most
${Math.round(small.loaded)} MiB, ${small.killed} processes ended for want of memory.
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

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
