import { installPackages, preflight } from "../local/preflight";
import type { Display } from "./display";

/**
 * Sees to it that machines can boot here; packages of this machine's distribution that are missing are installed.
 * @throws before anything is changed, if that can't be
 */
export async function prepareMachine(display: Display): Promise<void> {
  const { problems, packages } = await preflight();
  if (problems.length > 0) throw new Error(explain(problems));
  if (packages.length === 0) return;
  await display.task(
    "Packages",
    (progress) => {
      progress(`installing ${packages.join(", ")}`);
      return installPackages(packages);
    },
    { result: () => `installed ${packages.join(", ")}` },
  );
  // With the commands that were missing, the rest can be tried.
  const rest = await preflight();
  if (rest.problems.length > 0) throw new Error(explain(rest.problems));
}

function explain(problems: readonly string[]): string {
  const list =
    problems.length === 1 ? ` ${problems[0]}` : problems.map((problem) => `\n  ${problem}`).join("");
  return (
    `Machines can't boot here:${list}\n` +
    "`npm start -- --no-vm` runs the whole apply on the local cloud, with machines that do not boot."
  );
}
