import { join } from "node:path";
import { openPulumi } from "../cli/pulumi";
import { openSession } from "../cli/session";
import { checkout, localStack } from "../cli/stack";
import { launch } from "../local/launch";
import { locateCloud } from "../local/locate";
import { inTurns } from "./measure";
import { writePrograms } from "./programs";

export interface EngineFigures {
  /** Seconds, medians. */
  readonly preview: Readonly<Record<"program" | "empty" | "sdk" | "template", number>>;
  readonly apply: Readonly<Record<"up" | "noOpUp" | "destroy", number>>;
}

/** What Pulumi costs: previews and applies on the local cloud with machines that do not boot. */
export async function measureEngine(rounds: number): Promise<EngineFigures> {
  const context = locateCloud(checkout, "bench-engine");
  await launch({ context, zones: localStack.zones });
  const session = await openSession(context);
  try {
    const pulumi = await openPulumi(session);
    const programs = writePrograms(join(checkout, ".local/bench"));
    const stack = ["--stack", localStack.name];
    for (const [name, cwd] of Object.entries(programs)) {
      // The template's copy has the project's own name, so its stack is the same one.
      if (name !== "template")
        await pulumi.ask(["stack", "select", "--create", "--cwd", cwd, localStack.name]);
    }
    const on = (cwd: string, ...args: string[]) => pulumi.ask([...args, "--cwd", cwd, ...stack]);
    return {
      preview: await inTurns(rounds, {
        program: () => on(programs.program, "preview"),
        empty: () => on(programs.empty, "preview"),
        sdk: () => on(programs.sdk, "preview"),
        template: () => on(programs.template, "preview"),
      }),
      apply: await inTurns(rounds, {
        up: () => on(programs.program, "up", "--yes", "--skip-preview"),
        noOpUp: () => on(programs.program, "up", "--yes", "--skip-preview"),
        destroy: () => on(programs.program, "destroy", "--yes", "--skip-preview"),
      }),
    };
  } finally {
    await session.control.stop();
  }
}
