import { printable } from "./printable";

/** Text that is HTML or XML already. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[];

/** The tag of templates of HTML or XML: whatever is filled in and is not markup itself is escaped. */
export function markup(literals: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: String.raw({ raw: literals }, ...values.map(fill)) };
}

/** Markup of this program's own that no template makes. */
export function literal(text: string): Markup {
  return { markup: text };
}

export const nothing = literal("");

function fill(value: Value): string {
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  if ("markup" in value) return value.markup;
  return value.map((each) => each.markup).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
