import { isIPv4, isIPv6 } from "node:net";
import type { SyntaxProblem } from "../tag-list";
import { literal, macroProblem } from "./macro";

export type Qualifier = "+" | "-" | "~" | "?";

const mechanismNames = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"] as const;

/** A term that matches senders or does not (RFC 7208 section 5). */
export interface Mechanism {
  readonly name: (typeof mechanismNames)[number];
  readonly qualifier: Qualifier;
  /** The domain-spec, macros unexpanded; undefined where the current domain is meant. */
  readonly domainSpec?: string;
  /** Of ip4 and ip6. */
  readonly address?: string;
  /** Bits of an IPv4 and of an IPv6 address that must be the same. */
  readonly prefix4: number;
  readonly prefix6: number;
  /** As it stands in the record. */
  readonly text: string;
}

/** An SPF record (RFC 7208 section 4.5), with all that breaks its grammar. */
export interface SpfRecord {
  /** The value of the TXT record, its strings joined. */
  readonly text: string;
  readonly mechanisms: readonly Mechanism[];
  /** The domain-spec of redirect=, macros unexpanded. */
  readonly redirect?: string;
  /** Any of them makes receivers give up: permerror. */
  readonly problems: readonly SyntaxProblem[];
  /** Well formed, but without effect: unknown modifiers, names that no host has, and what stands behind `all`. */
  readonly idle: readonly SyntaxProblem[];
}

/** Whether receivers take a TXT record for SPF (RFC 7208 section 4.5); letters may be of either case. */
export function isSpf(text: string): boolean {
  return /^v=spf1( |$)/i.test(text);
}

/** Whether a TXT record is meant to be SPF, though receivers may not see that. */
export function isMeantAsSpf(text: string): boolean {
  return /^[\s"'\\\ufeff]*v\s*=\s*spf\s*[12]?/i.test(text) || /^\s*spf2\.0\//i.test(text);
}

/** Problems; who publishes more has published no SPF record. */
const enough = 50;

export function parseSpf(text: string): SpfRecord {
  const mechanisms: Mechanism[] = [];
  const problems: SyntaxProblem[] = [];
  const idle: SyntaxProblem[] = [];
  const modifiers = new Map<string, string>();
  let closed = false;

  // Terms are separated by spaces only: any other character, a tab too, is part of a term.
  for (const { 0: term, index: position } of text.matchAll(/[^ ]+/g)) {
    if (position === 0) continue;
    if (problems.length === enough) break;
    try {
      const modifier = /^([A-Za-z][\w.-]*)=(.*)$/s.exec(term);
      if (modifier) addModifier(modifier[1]?.toLowerCase() ?? "", modifier[2] ?? "", position, term);
      else {
        const mechanism = parseMechanism(term);
        if (closed) idle.push({ position, message: `${term} stands behind "all" and is never reached` });
        else mechanisms.push(mechanism);
        if (mechanism.name !== "include" && /[^\w.-]/.test(literal(mechanism.domainSpec ?? "")))
          idle.push({ position, message: `${show(term)} names what no host is called` });
        closed ||= mechanism.name === "all";
      }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      problems.push({ position, message: `${show(term)} ${error.message}` });
    }
  }
  const redirect = modifiers.get("redirect");
  if (redirect !== undefined && closed)
    idle.push({ position: text.search(/redirect=/i), message: 'redirect= has no effect beside "all"' });
  return { text, mechanisms, redirect: closed ? undefined : redirect, problems, idle };

  function addModifier(name: string, value: string, position: number, term: string): void {
    if (name !== "redirect" && name !== "exp") {
      const wrong = macroProblem(value, "macro-string");
      if (wrong) throw new SyntaxError(wrong);
      idle.push({ position, message: `${show(term)} is a modifier that receivers do not know` });
      return;
    }
    if (modifiers.has(name)) throw new SyntaxError(`is there twice`);
    modifiers.set(name, domainSpec(value));
  }
}

/** @throws SyntaxError whose message goes on behind the term */
function parseMechanism(text: string): Mechanism {
  const [, qualifier = "", typed = "", rest = ""] = /^([-+~?]?)([^:/]*)(.*)$/s.exec(text) ?? [];
  const name = mechanismNames.find((known) => known === typed.toLowerCase());
  if (!name) throw new SyntaxError(unknown(typed));
  const argument = rest.startsWith(":") ? rest.slice(1) : undefined;
  const base = { name, qualifier: (qualifier || "+") as Qualifier, prefix4: 32, prefix6: 128, text };
  switch (name) {
    case "all":
      if (rest !== "") throw new SyntaxError('has something behind "all"');
      return base;
    case "include":
    case "exists":
      if (argument === undefined) throw new SyntaxError("names no domain");
      return { ...base, domainSpec: domainSpec(argument) };
    case "ptr":
      if (rest !== "" && argument === undefined) throw new SyntaxError("takes no prefix length");
      return argument === undefined ? base : { ...base, domainSpec: domainSpec(argument) };
    case "ip4":
    case "ip6":
      return { ...base, ...network(name, argument) };
    default: {
      const { head, prefix4, prefix6 } = dualCidr(rest);
      const target = head === "" ? undefined : domainSpec(head.slice(1));
      return { ...base, prefix4: prefix4 ?? 32, prefix6: prefix6 ?? 128, domainSpec: target };
    }
  }
}

function unknown(typed: string): string {
  if (/^(ipv?[46]|ip|ip[46]?=.*)$/i.test(typed)) return "is no mechanism; ip4: and ip6: are";
  const glued = mechanismNames.some((name) => name.length > 1 && typed.toLowerCase().startsWith(name));
  return glued ? "is no mechanism; is a space missing?" : "is no mechanism that SPF knows";
}

function network(name: "ip4" | "ip6", argument: string | undefined): Partial<Mechanism> {
  const [, address = "", length] = /^([^/]*)(?:\/(.*))?$/s.exec(argument ?? "") ?? [];
  if (!(name === "ip4" ? isIPv4(address) : isIPv6(address) && !address.includes("%")))
    throw new SyntaxError(`has no IPv${name.slice(2)} address`);
  const bits = name === "ip4" ? 32 : 128;
  const prefix = length === undefined ? bits : prefixLength(length, bits);
  return name === "ip4" ? { address, prefix4: prefix } : { address, prefix6: prefix };
}

/** `[":" domain-spec] ["/" length4] ["//" length6]`; a domain-spec may have slashes too, so they count from the end. */
function dualCidr(rest: string): { head: string; prefix4?: number; prefix6?: number } {
  const [, head = "", length4, length6] = /^(.*?)(?:\/(\d+))?(?:\/\/(\d+))?$/s.exec(rest) ?? [];
  if (head !== "" && !head.startsWith(":")) throw new SyntaxError("has a malformed prefix length");
  return {
    head,
    prefix4: length4 === undefined ? undefined : prefixLength(length4, 32),
    prefix6: length6 === undefined ? undefined : prefixLength(length6, 128),
  };
}

function prefixLength(text: string, most: number): number {
  if (!/^(0|[1-9]\d{0,2})$/.test(text) || Number(text) > most)
    throw new SyntaxError(`has a prefix length that is not 0 to ${most}`);
  return Number(text);
}

/** Macros, and at the end either a macro or a label that a top-level domain can be (RFC 7208 section 7.1). */
function domainSpec(text: string): string {
  if (text === "") throw new SyntaxError("names no domain");
  const wrong = macroProblem(text, "domain-spec");
  if (wrong) throw new SyntaxError(wrong);
  return text;
}

function show(term: string): string {
  return JSON.stringify(term.length > 60 ? `${term.slice(0, 60)}...` : term);
}
