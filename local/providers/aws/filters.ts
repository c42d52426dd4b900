import { list, object, text } from "../shape";

interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** EC2's `filters`: every filter must match, each by any of its values, `*` and `?` being wildcards. */
export function filters(names: readonly string[]) {
  return list(
    object<Filter>({
      name: text({ required: true, oneOf: names }),
      values: list(text(), { required: true, min: 1 }),
    }),
  );
}

export function matches(
  wanted: readonly Filter[] | undefined,
  subject: Readonly<Record<string, string | undefined>>,
): boolean {
  return (wanted ?? []).every(({ name, values }) =>
    values.some((value) => pattern(value).test(subject[name] ?? "")),
  );
}

function pattern(wildcards: string): RegExp {
  const escaped = wildcards.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/** Whether a thing has all the tags that were asked for. */
export function hasTags(
  wanted: Readonly<Record<string, string>> | undefined,
  tags: Readonly<Record<string, string>> | undefined,
): boolean {
  return Object.entries(wanted ?? {}).every(([key, value]) => tags?.[key] === value);
}

/**
 * The one thing that a search was to find.
 * @throws as the real provider when there are none or several
 */
export function onlyOne<T>(found: readonly T[], what: string): T {
  const [first, second] = found;
  if (first === undefined) throw new Error(`no matching ${what} found; check the filters`);
  if (second !== undefined)
    throw new Error(
      `multiple ${what}s matched; use additional constraints to reduce matches to a single one`,
    );
  return first;
}
