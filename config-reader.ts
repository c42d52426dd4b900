import type { Problem } from "./components/check";

/**
 * Reads the values of one object by key and notes what is missing, of another type or not known, instead of stopping
 * there. A value that is not as it should be reads as undefined.
 *
 * The values of a stack's top level are texts, and JSON where they are lists; those below are what JSON makes of them.
 */
export class Reader {
  private readonly keys = new Set<string>();

  /** @param prefix goes before each key in a problem's path */
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly prefix: string,
    readonly problems: Problem[],
  ) {}

  /** A text that must be there. It is not repeated in problems: it might be a secret. */
  required(key: string, wants: string): string | undefined {
    return this.take(key) === undefined ? this.note(key, "nothing", wants) : this.optional(key, wants);
  }

  optional(key: string, wants: string): string | undefined {
    const value = this.take(key);
    return value === undefined || typeof value === "string" ? value : this.note(key, kind(value), wants);
  }

  integer(key: string, wants: string): number | undefined {
    const value = this.take(key);
    if (value === undefined || Number.isInteger(value)) return value as number | undefined;
    return typeof value === "string" && /^-?\d{1,9}$/.test(value)
      ? Number(value)
      : this.note(key, show(value), wants);
  }

  boolean(key: string): boolean | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    if (value === true || value === "true") return true;
    return value === false || value === "false" ? false : this.note(key, show(value), "true or false");
  }

  /** A list of texts. */
  texts(key: string, wants: string): (string | undefined)[] | undefined {
    return this.list(key, wants)?.map((item, i) =>
      typeof item === "string" ? item : this.note(`${key}[${i}]`, kind(item), "a text"),
    );
  }

  /** A list of texts that must be there. */
  requiredTexts(key: string, wants: string): (string | undefined)[] | undefined {
    return this.take(key) === undefined ? this.note(key, "nothing", wants) : this.texts(key, wants);
  }

  /** A list of objects that must be there, each read by a reader of its own. */
  objects<T>(key: string, wants: string, read: (item: Reader) => T): T[] | undefined {
    return this.take(key) === undefined
      ? this.note(key, "nothing", wants)
      : this.optionalObjects(key, wants, read);
  }

  /** A list of objects, each read by a reader of its own. */
  optionalObjects<T>(key: string, wants: string, read: (item: Reader) => T): T[] | undefined {
    return this.list(key, wants)?.map((item, i) => this.inner(`${key}[${i}]`, item, read));
  }

  /** An object, read by a reader of its own. */
  object<T>(key: string, read: (value: Reader) => T): T | undefined {
    const value = this.take(key);
    const object = typeof value === "string" ? fromJson(value) : value;
    // Pulumi.yaml has an empty object for a default.
    const given = value !== undefined && !(isObject(object) && Object.keys(object).length === 0);
    return given ? this.inner(key, object ?? value, read) : undefined;
  }

  /** An object of texts under keys of its own choice. */
  mapping(key: string, wants: string): Record<string, string | undefined> | undefined {
    return this.object(key, (value) =>
      Object.fromEntries(Object.keys(value.values).map((name) => [name, value.optional(name, wants)])),
    );
  }

  /** Notes every key that was not asked for. */
  end(): void {
    for (const key of Object.keys(this.values)) {
      if (!this.keys.has(key)) this.note(key, "an unknown key", `one of ${[...this.keys].sort().join(", ")}`);
    }
  }

  private inner<T>(path: string, value: unknown, read: (value: Reader) => T): T {
    if (!isObject(value)) this.note(path, kind(value), "an object");
    const reader = isObject(value)
      ? new Reader(value, `${this.prefix}${path}.`, this.problems)
      : new Reader({}, "", []); // one problem is enough for it
    const result = read(reader);
    reader.end();
    return result;
  }

  private list(key: string, wants: string): unknown[] | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    const list = typeof value === "string" ? fromJson(value) : value;
    return Array.isArray(list) ? list : this.note(key, kind(list ?? value), wants);
  }

  private take(key: string): unknown {
    this.keys.add(key);
    const value = this.values[key];
    return value === "" || value === null ? undefined : value;
  }

  private note(key: string, got: string, wants: string): undefined {
    this.problems.push({ path: this.prefix + key, got, wants });
    return undefined;
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kind(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return (
    { string: "a text", number: "a number", boolean: "true or false" }[typeof value as string] ?? "an object"
  );
}

function show(value: unknown): string {
  return typeof value === "string" || typeof value === "number"
    ? JSON.stringify(value).slice(0, 60)
    : kind(value);
}
