import { satisfies } from "semver";
import { engines } from "../package.json";
import { CannotCheck } from "../verify/outcome";
import { UsageError } from "./arguments";
import { exit } from "./exit";
import { passwordCommand } from "./password";
import { verifyCommand } from "./verify/run";

const usage = `Usage: mailserver COMMAND

  verify DOMAIN...   ask, from outside, everything that makes mail of a domain
                     work and be trusted; more: mailserver verify --help
  password           a hash for the configuration of a password that is typed, or
                     read from standard input`;

/** What the package installs as `mailserver`. */
async function main([command, ...args]: readonly string[]): Promise<number> {
  if (!satisfies(process.versions.node, engines.node))
    throw new Error(`Node.js ${process.versions.node} is too old: wanted is ${engines.node}.`);
  if (command === "verify") return verifyCommand(args);
  if (command === "password") return passwordCommand(args);
  if (command === "--help" || command === "-h" || command === "help") {
    console.log(usage);
    return 0;
  }
  throw new UsageError(command ? `There is no command "${command}".\n\n${usage}` : usage);
}

/** Of whatever kept it from running; 1 is for what was found. */
const couldNotRun = 2;

main(process.argv.slice(2)).then(exit, (error: Error) => {
  console.error(isMistakeOfOurs(error) ? error : error.message);
  if (error instanceof CannotCheck && error.remedy) console.error(error.remedy);
  exit(couldNotRun);
});

/** Then the stack says more than the message. */
function isMistakeOfOurs(error: Error): boolean {
  return [TypeError, ReferenceError, SyntaxError].some((type) => error instanceof type);
}
