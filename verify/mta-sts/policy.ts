/** An MTA-STS policy (RFC 8461 section 3.2). */
export interface StsPolicy {
  readonly text: string;
  /** What makes senders refuse it, each the rest of a sentence that the policy begins. */
  readonly problems: readonly string[];
  readonly mode: string;
  /** Host names in lower case; `*.` in front stands for one label. */
  readonly mx: readonly string[];
  /** Seconds; NaN when it is no number. */
  readonly maxAge: number;
}

export const modes: readonly string[] = ["enforce", "testing", "none"];
/** A year. */
const longestMaxAge = 31_557_600;
const mxPattern = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

export function parseStsPolicy(text: string): StsPolicy {
  const problems: string[] = [];
  const fields: { readonly key: string; readonly value: string }[] = [];
  if (text.startsWith("\uFEFF")) problems.push("begins with a byte order mark");
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const [, key, value] = /^([A-Za-z0-9][\w.-]{0,31}):([^\r]*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields.push({ key, value: withoutBlanks(value) });
    else if (line.trim() !== "") problems.push(`has a line that is no "key: value": ${JSON.stringify(line)}`);
  }
  // Of a field that is there twice the first counts, but for mx.
  const first = (name: string) => fields.find(({ key }) => key === name)?.value;
  const complain = (name: string, wanted: string) => {
    const value = first(name);
    problems.push(
      value === undefined
        ? `has no ${name}:`
        : `has ${name}: ${JSON.stringify(value)}, which is not ${wanted}`,
    );
  };

  if (first("version") !== "STSv1") complain("version", "STSv1");
  const mode = first("mode") ?? "";
  if (!modes.includes(mode)) complain("mode", modes.join(" or "));
  const maxAge = /^\d{1,10}$/.test(first("max_age") ?? "") ? Number(first("max_age")) : Number.NaN;
  if (!(maxAge <= longestMaxAge)) complain("max_age", `a number of seconds up to ${longestMaxAge}`);
  const mx = fields.filter(({ key }) => key === "mx").map(({ value }) => value.toLowerCase());
  if (mx.length === 0 && mode !== "none") complain("mx", "a host name");
  for (const name of mx.filter((candidate) => !mxPattern.test(candidate)))
    problems.push(`has mx: ${JSON.stringify(name)}, which is no host name`);
  return { text, problems, mode, mx, maxAge };
}

/** Without the space at both ends; expressions that do that take quadratic time where somebody means harm. */
function withoutBlanks(text: string): string {
  const isBlank = (at: number) => text[at] === " " || text[at] === "\t";
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}

/** Whether the policy lets a host receive the domain's mail (RFC 8461 section 4.1). */
export function allows({ mx }: Pick<StsPolicy, "mx">, host: string): boolean {
  const [, ...parent] = host.toLowerCase().split(".");
  return mx.includes(host.toLowerCase()) || (parent.length > 0 && mx.includes(`*.${parent.join(".")}`));
}
