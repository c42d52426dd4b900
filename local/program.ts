/**
 * The command that runs a TypeScript file of this project as a process of its own, from any working directory.
 * @param file absolute path
 */
export function program(file: string, ...args: readonly string[]): [string, ...string[]] {
  return [process.execPath, "--require", require.resolve("sucrase/register/ts"), file, ...args];
}
