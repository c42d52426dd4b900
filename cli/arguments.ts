import { parseArgs } from "node:util";

/** The command line is not as it should be. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Whether each flag is among the arguments. @throws UsageError for anything else there */
export function flag<const T extends readonly string[]>(
  args: readonly string[],
  ...names: T
): { [K in keyof T]: boolean } {
  const options = Object.fromEntries(names.map((name) => [name, { type: "boolean" as const }]));
  try {
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
    return names.map((name) => values[name] === true) as { [K in keyof T]: boolean };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/**
 * Words and options.
 * @param options what each option takes: `text` a value, `flag` none
 * @throws UsageError for options that are not among them
 */
export function wordsAndOptions<const T extends Readonly<Record<string, "text" | "flag">>>(
  args: readonly string[],
  options: T,
): { words: readonly string[]; options: { [K in keyof T]?: T[K] extends "text" ? string : boolean } } {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, takes]) => [
      name,
      { type: takes === "text" ? ("string" as const) : ("boolean" as const) },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: config, allowPositionals: true });
    return { words: positionals, options: values as never };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** @param option as it was given, for the message */
export function wholeNumber(text: string, option: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`${option} wants a whole number, not "${text}".`);
}

export function noArguments(args: readonly string[]): void {
  flag(args);
}

/** @param what says what is wanted if there isn't one */
export function oneArgument(args: readonly string[], what: string): string {
  const [only, ...rest] = args;
  if (only === undefined || only.startsWith("-") || rest.length > 0)
    throw new UsageError(`Wanted is ${what}.`);
  return only;
}

/** `TARGET -- CMD...`; the dashes may be left out, since everything after the target is the command. */
export function splitCommand(args: readonly string[]): { target: string; command: [string, ...string[]] } {
  const [target, ...rest] = args;
  const [file, ...others] = rest[0] === "--" ? rest.slice(1) : rest;
  if (target === undefined || target.startsWith("-") || file === undefined)
    throw new UsageError("Wanted is where to run what: internet or a machine, two dashes, a command.");
  return { target, command: [file, ...others] };
}

/** Takes `--name NAME` or `--name=NAME` out of arguments. */
export function takeName(args: readonly string[]): { name: string | undefined; rest: readonly string[] } {
  const at = args.findIndex((arg) => arg === "--name" || arg.startsWith("--name="));
  const [option = "", value] = args.slice(at);
  if (at === -1) return { name: undefined, rest: args };
  if (option !== "--name") return { name: option.slice("--name=".length), rest: args.toSpliced(at, 1) };
  if (value === undefined) throw new UsageError("--name wants a name.");
  return { name: value, rest: args.toSpliced(at, 2) };
}
