import type { Problem } from "./check";
import { Unknown } from "./values";

type Given = Readonly<Record<string, unknown>>;

export function exactlyOneOf(inputs: Given, keys: readonly string[]): Problem[] {
  if (present(inputs, keys).length > 0) return atMostOneOf(inputs, keys);
  return [{ property: keys.join(", "), reason: "one of them is required and none was given" }];
}

export function atMostOneOf(inputs: Given, keys: readonly string[]): Problem[] {
  const given = present(inputs, keys);
  if (given.length < 2) return [];
  return [{ property: given.join(", "), reason: "they exclude each other; give one of them" }];
}

/** The value if it was given and is known. */
export function known<T>(value: T | Unknown | undefined): T | undefined {
  return value instanceof Unknown ? undefined : value;
}

function present(inputs: Given, keys: readonly string[]): string[] {
  return keys.filter((key) => inputs[key] !== undefined);
}
