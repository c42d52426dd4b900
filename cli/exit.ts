/**
 * Ends the process, sockets that a slow server still holds notwithstanding, once whoever reads what it printed has it:
 * process.exit() alone loses what is still on its way into a pipe.
 */
export function exit(status: number): void {
  const end = () => process.exit(status);
  // Nobody reads any more, as after `| head`.
  process.stdout.once("error", end);
  process.stdout.write("", end);
}
