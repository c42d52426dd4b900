import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The text of a file beside the code that uses it; read once, when the module is loaded. */
export function asset(...path: [string, ...string[]]): string {
  return readFileSync(join(...path), "utf8");
}

/**
 * Puts values into a template's `{{name}}` places.
 * @throws if a place has no value or a value has no place: one of the two was forgotten
 */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  const unused = new Set(Object.keys(values));
  const filled = template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`template: no value for {{${name}}}`);
    unused.delete(name);
    return value;
  });
  if (unused.size > 0) throw new Error(`template: no place for ${[...unused].join(", ")}`);
  return filled;
}
