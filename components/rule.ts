import { isDomainName } from "./names";

/** One thing that is wrong with a declaration. */
export interface Problem {
  /** The property, for example `mailboxes[1].passwordHash`. */
  readonly path: string;
  /** What was given, ready to be read; never a secret. */
  readonly got: string;
  /** What is wanted instead, and how to come by it. */
  readonly wants: string;
}

/** Writes a problem in one line. */
export function describe(problem: Problem): string {
  return `${problem.path}: got ${problem.got}, wants ${problem.wants}`;
}

/** Says what is wanted instead, or nothing when the value is as it should be. */
export type Rule<T> = (value: T) => string | undefined;

/** Judges one property; undefined is not judged. */
export function one<T>(path: string, value: T | undefined, rule: Rule<T>, show = quote<T>): Problem[] {
  const wants = value === undefined ? undefined : rule(value);
  return value === undefined || wants === undefined ? [] : [{ path, got: show(value), wants }];
}

/** Judges each entry of a list, and that none is there twice. */
export function each(
  path: string,
  values: readonly (string | undefined)[] | undefined,
  rule: Rule<string>,
  show = quote<string>,
): Problem[] {
  const another = distinct();
  return (values ?? []).flatMap((value, i) =>
    one(`${path}[${i}]`, value, (text) => rule(text) ?? another(text, `${path}[${i}]`), show),
  );
}

export function quote<T>(value: T): string {
  return JSON.stringify(value);
}

export function atLeastOne(what: string): Rule<readonly unknown[]> {
  return (list) => (list.length > 0 ? undefined : `at least one ${what}`);
}

export function oneOf(values: readonly string[]): Rule<string> {
  return (value) => (values.includes(value) ? undefined : `one of ${values.join(", ")}`);
}

export function wholeNumber(least: number, most: number, what: string): Rule<number> {
  return (value) =>
    Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : `${what}, a whole number from ${least} to ${most}`;
}

/** Notes values as they are judged one after the other, and says where one was before. */
export function distinct(): (value: string, path: string) => string | undefined {
  const firsts = new Map<string, string>();
  return (value, path) => {
    const first = firsts.get(value);
    if (first !== undefined) return `another one than ${first}, which is the same`;
    firsts.set(value, path);
    return undefined;
  };
}

export function domainName(what: string, example: string): Rule<string> {
  return (value) =>
    isDomainName(value)
      ? undefined
      : `a fully qualified ${what} such as ${example}: lower case, labels of letters, digits and hyphens, no trailing dot`;
}

export function httpsUrl(what: string): Rule<string> {
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url?.protocol === "https:" && !url.username ? undefined : `the https URL of ${what}`;
  };
}
