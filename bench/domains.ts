import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type LocalPulumi, openPulumi } from "../cli/pulumi";
import { openSession } from "../cli/session";
import { checkout, localStack } from "../cli/stack";
import { launch } from "../local/launch";
import { locateCloud } from "../local/locate";
import { median, timed } from "./measure";
import { type RawResource, writeDomainPrograms } from "./programs";

/** Seconds, medians. */
export interface DomainTimes {
  readonly preview: number;
  /** From nothing; not a number where it takes longer than anybody waits. */
  readonly up: number;
  /** The same while the engine saves its state once at the end, not before and after every operation. */
  readonly upWithoutCheckpoints: number;
  readonly noOpUp: number;
}

export interface DomainFigures {
  readonly domains: number;
  /** How many resources the engine manages, components among them. */
  readonly resources: { readonly program: number; readonly loop: number };
  readonly program: DomainTimes;
  /** A plain loop over the program's own DNS records and keys: no components, and no host. */
  readonly loop: DomainTimes;
}

/**
 * What domains cost, each in a zone of its own, on the local cloud with machines that do not boot.
 * @param rounds of each number of domains
 */
export async function measureDomains(
  rounds: Readonly<Record<number, number>>,
): Promise<readonly DomainFigures[]> {
  const numbers = Object.keys(rounds).map(Number);
  const names = domainNames(Math.max(...numbers));
  const context = locateCloud(checkout, "bench-domains");
  // What a run left behind that was killed would be somebody else's to this one.
  await rm(context.dir, { recursive: true, force: true });
  await launch({ context, zones: names });
  const session = await openSession(context);
  try {
    const engines = {
      usual: await openPulumi(session),
      quick: await openPulumi(session, withoutCheckpoints),
    };
    const figures = [];
    for (const number of numbers)
      figures.push(await measure(engines, names.slice(0, number), rounds[number]));
    return figures;
  } finally {
    await session.control.stop();
  }
}

/** Experimental: pulumi/pulumi#10750. An engine that is killed meanwhile does not know what it made. */
const withoutCheckpoints = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

interface Engines {
  readonly usual: LocalPulumi;
  readonly quick: LocalPulumi;
}

function domainNames(count: number): string[] {
  return [localStack.domain, ...Array.from({ length: count - 1 }, (_, i) => `d${i + 1}.test`)];
}

async function measure(engines: Engines, domains: readonly string[], rounds = 1): Promise<DomainFigures> {
  const programs = writeDomainPrograms(join(checkout, ".local/bench-domains-programs"), domains);
  const program: DomainTimes[] = [];
  const loop: DomainTimes[] = [];
  let resources = { program: 0, loop: 0 };
  for (const cwd of [programs.program, programs.loop])
    await engines.usual.ask(["stack", "select", "--create", "--cwd", cwd, localStack.name]);
  for (let round = 0; round < rounds; round++) {
    const patient = domains.length <= patience;
    const all = await life(engines, programs.program, program, patient);
    programs.repeat(all);
    resources = { program: all.length, loop: (await life(engines, programs.loop, loop, patient)).length };
  }
  return { domains: domains.length, resources, program: medians(program), loop: medians(loop) };
}

/** Domains up to which the engine's own checkpoints are waited for: what they take grows with the square. */
const patience = 10;

/**
 * Everything from nothing to nothing, twice.
 * @param patient whether it is applied with the engine's checkpoints too
 * @returns the resources there were
 */
async function life(
  engines: Engines,
  cwd: string,
  samples: DomainTimes[],
  patient: boolean,
): Promise<RawResource[]> {
  const on = (pulumi: LocalPulumi, ...args: string[]) =>
    pulumi.ask([...args, "--cwd", cwd, "--stack", localStack.name]);
  const up = (pulumi: LocalPulumi) => timed(() => on(pulumi, "up", "--yes", "--skip-preview"));
  const destroy = () => on(engines.quick, "destroy", "--yes", "--skip-preview");
  const preview = await timed(() => on(engines.usual, "preview"));
  const first = await up(patient ? engines.usual : engines.quick);
  const times = { preview, up: patient ? first : Number.NaN, noOpUp: await up(engines.usual) };
  const { deployment } = JSON.parse(await on(engines.usual, "stack", "export")) as {
    deployment: { resources: RawResource[] };
  };
  await destroy();
  if (patient) {
    samples.push({ ...times, upWithoutCheckpoints: await up(engines.quick) });
    await destroy();
  } else samples.push({ ...times, upWithoutCheckpoints: first });
  return deployment.resources;
}

function medians(samples: readonly DomainTimes[]): DomainTimes {
  const of = (key: keyof DomainTimes) => median(samples.map((times) => times[key]));
  return {
    preview: of("preview"),
    up: of("up"),
    upWithoutCheckpoints: of("upWithoutCheckpoints"),
    noOpUp: of("noOpUp"),
  };
}
