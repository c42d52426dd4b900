import { delimiter } from "node:path";
import { satisfies } from "semver";
import { locateCloud } from "../local/locate";
import { engines } from "../package.json";
import { takeName, UsageError } from "./arguments";
import { commands } from "./commands";
import { checkout } from "./stack";

/** `mailserver local [--name NAME] COMMAND ...` */
async function main([area, ...args]: readonly string[]): Promise<number> {
  if (!satisfies(process.versions.node, engines.node))
    throw new Error(`Node.js ${process.versions.node} is too old: wanted is ${engines.node}.`);
  if ([area, args[0]].some((word) => word === "--help" || word === "help")) {
    console.log(usage());
    return 0;
  }
  if (area !== "local") throw new UsageError(`The only area is "local".`);
  const front = args[0]?.startsWith("--name") ? takeName(args) : { name: undefined, rest: args };
  const [word = "", ...after] = front.rest;
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (!command) throw new UsageError(word ? `There is no command "${word}".` : "Which command?");
  const { name = front.name, rest } = command.verbatim ? { rest: after } : takeName(after);

  // Tools of the system, which not every way to become root has on PATH.
  process.env.PATH = [process.env.PATH, "/usr/sbin", "/sbin"].filter(Boolean).join(delimiter);
  const chosen = name ?? process.env.MAILSERVER_LOCAL_NAME ?? "local";
  return command.run(rest, locateCloud(checkout, chosen));
}

function usage(): string {
  const width = Math.max(...Object.values(commands).map(({ synopsis }) => synopsis.length));
  return [
    "Usage: npm run local -- [--name NAME] COMMAND",
    "",
    ...Object.values(commands).map(({ synopsis, summary }) => `  ${synopsis.padEnd(width)}  ${summary}`),
    "",
    "NAME tells several local clouds of one checkout apart; also MAILSERVER_LOCAL_NAME. Default: local.",
  ].join("\n");
}

/** Then the stack says more than the message. */
function isMistakeOfOurs(error: Error): boolean {
  return [TypeError, ReferenceError, RangeError, SyntaxError].some((type) => error instanceof type);
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${usage()}`);
    else console.error(isMistakeOfOurs(error) ? error : error.message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
