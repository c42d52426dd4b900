/** What a mail host says of itself; docs/verify.md has the format. What it leaves out, it does not speak of. */
export interface HostStatus {
  readonly hostname: string;
  /** When it said so. */
  readonly updated: Date;
  readonly state: "applying" | "ready" | "failed";
  /** What it is or was about, in a word. */
  readonly stage?: string;
  /** What keeps it from being ready: the part concerned, and that part's own words. */
  readonly errors: readonly { readonly part: string; readonly message: string }[];
  /** What somebody should mend, though mail works. */
  readonly warnings?: readonly string[];
  /** Messages that wait to be delivered; null when the host could not find out. */
  readonly queue?: { readonly messages: number; readonly oldest?: Date } | null;
  /** When the last backup that came to its end did so. */
  readonly backup?: { readonly finished: Date };
}

/** @throws with all that is wrong with it */
export function parseHostStatus(json: string): HostStatus {
  const said = parse(json);
  const problems: string[] = [];
  const wanting = (what: string) => {
    problems.push(what);
    return undefined;
  };
  const text = (value: unknown, name: string) =>
    typeof value === "string" ? value : wanting(`${name} is to be a text`);
  const date = (value: unknown, name: string) =>
    moment(value) ?? wanting(`${name} is to be a date such as 2026-11-24T12:00:00Z (RFC 3339)`);
  const list = (value: unknown, name: string): readonly unknown[] =>
    Array.isArray(value) ? value : (wanting(`${name} is to be a list`) ?? []);

  const { format, queue, backup, errors = [], warnings, stage } = said;
  if (format !== 1) wanting("format is to be 1");
  const hostname = text(said.hostname, "hostname");
  const updated = date(said.updated, "updated");
  const state = states.find((known) => known === said.state);
  if (!state) wanting(`state is to be one of ${states.join(", ")}`);
  const status = {
    stage: stage === undefined ? undefined : text(stage, "stage"),
    errors: list(errors, "errors").flatMap((error) => {
      const { part, message } = isObject(error) ? error : {};
      const [of, words] = [text(part, "part of an error"), text(message, "message of an error")];
      return of === undefined || words === undefined ? [] : [{ part: of, message: words }];
    }),
    warnings:
      warnings === undefined
        ? undefined
        : list(warnings, "warnings").flatMap((words) => text(words, "each of warnings") ?? []),
    queue: queueOf(queue),
    backup: backupOf(backup),
  };
  if (hostname === undefined || !updated || !state || problems.length > 0)
    throw new Error(`It is no status of a mail host: ${[...new Set(problems)].join("; ")}.`);
  return { hostname, updated, state, ...status };

  function queueOf(value: unknown): HostStatus["queue"] {
    if (value === undefined || value === null) return value;
    if (!isObject(value)) return wanting("queue is to be an object or null");
    const { messages, oldest } = value;
    if (typeof messages !== "number" || !Number.isInteger(messages) || messages < 0)
      return wanting("messages of the queue is to be a whole number");
    if (messages > 0 && oldest === null)
      return wanting("oldest of the queue is to be a date: it has messages");
    return { messages, oldest: oldest === null ? undefined : date(oldest, "oldest of the queue") };
  }

  function backupOf(value: unknown): HostStatus["backup"] {
    if (value === undefined || value === null) return undefined;
    if (!isObject(value)) return wanting("backup is to be an object");
    const finished = date(value.finished, "finished of the backup");
    return finished && { finished };
  }
}

const states = ["applying", "ready", "failed"] as const;

function parse(json: string): Record<string, unknown> {
  let said: unknown;
  try {
    said = JSON.parse(json);
  } catch {
    throw new Error("It is not JSON.");
  }
  if (!isObject(said)) throw new Error("It is no JSON object.");
  return said;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** RFC 3339 section 5.6, without leap seconds. */
function moment(value: unknown): Date | undefined {
  if (typeof value !== "string") return undefined;
  const [, day] =
    /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(value.toUpperCase()) ?? [];
  const date = new Date(value.toUpperCase());
  if (day === undefined || Number.isNaN(date.getTime())) return undefined;
  // Date takes the 30th of February for the 2nd of March.
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? date : undefined;
}
