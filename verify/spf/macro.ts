import { isIPv6 } from "node:net";

/** What macros stand for (RFC 7208 section 7.2). */
export interface MacroValues {
  /** s, and l and o of it: the sender, with a local part. */
  readonly sender: string;
  /** d: the domain whose record is read. */
  readonly domain: string;
  /** i and v: the client's address. */
  readonly ip: string;
  /** h: the name it said in HELO or EHLO. */
  readonly helo: string;
  /** p: the client's validated name; asked only where the macro is there. */
  readonly validatedName: () => Promise<string>;
}

const expansion = /%\{([a-z])(\d*)(r?)([-.+,/_=]*)\}|%([%_-])/gi;
/** c, r and t are for explanations only. */
const letters = "slodiphv";

/** @returns what is wrong, to be said behind the term; undefined for nothing */
export function macroProblem(text: string, kind: "domain-spec" | "macro-string"): string | undefined {
  const strange = /[^\x21-\x7e]/u.exec(text);
  if (strange) return `has a character that is not printable ASCII, U+${codePoint(strange[0])}`;
  const literal = text.replace(expansion, (whole, letter?: string, digits?: string) => {
    const valid =
      letter === undefined || (letters.includes(letter.toLowerCase()) && !/^0+$/.test(digits || "1"));
    return valid ? "" : whole;
  });
  if (literal.includes("%")) return "has a % that begins no macro";
  if (kind === "macro-string" || /(%\{[^{}]*\}|%[%_-])$/.test(text)) return undefined;
  const top = /\.([^.]+)\.?$/.exec(text)?.[1] ?? "";
  const valid = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(top) && !/^\d+$/.test(top);
  return valid ? undefined : "does not end in a top-level domain";
}

/** What is left of it without its macros. */
export function literal(domainSpec: string): string {
  return domainSpec.replace(expansion, "");
}

/** Whether it stands for the same name whoever sends: it has no macro but those of the domain itself. */
export function isFixed(domainSpec: string): boolean {
  return [...domainSpec.matchAll(expansion)].every(([, letter = "d"]) => letter.toLowerCase() === "d");
}

/** The name to ask for; from one that is too long the labels at its left are left out (RFC 7208 section 7.3). */
export async function expand(domainSpec: string, values: MacroValues): Promise<string> {
  let name = "";
  let end = 0;
  for (const match of domainSpec.matchAll(expansion)) {
    name += domainSpec.slice(end, match.index) + (await one(match, values));
    end = match.index + match[0].length;
  }
  name = (name + domainSpec.slice(end)).replace(/\.$/, "");
  while (name.length > 253) name = name.slice(name.indexOf(".") + 1);
  return name;
}

async function one(match: RegExpMatchArray, values: MacroValues): Promise<string> {
  const [, letter, digits, reverse, delimiters, escaped] = match;
  if (letter === undefined) return { "%": "%", _: " ", "-": "%20" }[escaped ?? ""] ?? "";
  const value = await meaning(letter.toLowerCase(), values);
  let parts = value.split(new RegExp(`[${(delimiters || ".").replace(/-/g, "\\-")}]`));
  if (reverse) parts.reverse();
  if (digits) parts = parts.slice(-Number(digits));
  const text = parts.join(".");
  return letter === letter.toLowerCase() ? text : urlEscape(text);
}

function meaning(
  letter: string,
  { sender, domain, ip, helo, validatedName }: MacroValues,
): string | Promise<string> {
  const at = sender.lastIndexOf("@");
  switch (letter) {
    case "s":
      return sender;
    case "l":
      return sender.slice(0, at);
    case "o":
      return sender.slice(at + 1);
    case "d":
      return domain;
    case "i":
      return isIPv6(ip) ? [...nibbles(ip)].join(".") : ip;
    case "p":
      return validatedName();
    case "v":
      return isIPv6(ip) ? "ip6" : "in-addr";
    default:
      return helo;
  }
}

/** The 32 hexadecimal digits of an IPv6 address. */
export function nibbles(ip: string): string {
  // The URL parser writes it in the one way of RFC 5952, without IPv4 in it.
  const canonical = new URL(`http://[${ip}]`).hostname.slice(1, -1);
  const [left = "", right] = canonical.split("::");
  const groups = (text = "") => (text === "" ? [] : text.split(":"));
  const before = groups(left);
  const after = groups(right);
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, "0")).join("");
}

/** Upper-case macros are escaped as in a URL, all but unreserved characters (RFC 3986 section 2.3). */
function urlEscape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
