import { parseTagList, type SyntaxProblem, show } from "../tag-list";

/** From the weakest on. */
export const policies = ["none", "quarantine", "reject"] as const;
export type Policy = (typeof policies)[number];

/** A DMARC policy record (RFC 9989 sections 4.7 and 4.8). */
export interface DmarcRecord {
  /** The value of the TXT record, its strings joined. */
  readonly text: string;
  /** By name in lower case. */
  readonly tags: ReadonlyMap<string, string>;
  /** What receivers do with mail that fails: of the domain; of its subdomains; of those that do not exist. */
  readonly p?: Policy;
  readonly sp?: Policy;
  readonly np?: Policy;
  /** t=y: the policy is not to be applied yet. */
  readonly testing: boolean;
  /** Whether the domain is a public suffix, is not and heads its subdomains, or says nothing of it. */
  readonly psd: "y" | "n" | "u";
  /** Where reports go: aggregate, and of single messages. */
  readonly rua: readonly ReportUri[];
  readonly ruf: readonly ReportUri[];
  /** Receivers lose the policy by any of them. */
  readonly problems: readonly SyntaxProblem[];
  /** Receivers ignore what is named, and keep to the rest. */
  readonly slips: readonly SyntaxProblem[];
}

/** An address that takes reports: `mailto:` is all that receivers use. */
export interface ReportUri {
  /** Without the size. */
  readonly uri: string;
  /** What follows the @, lower case. */
  readonly host: string;
  /** The obsolete limit behind an exclamation mark. */
  readonly size?: string;
}

/** Whether receivers take a TXT record for DMARC: the version comes first, and is in upper case. */
export function isDmarc(text: string): boolean {
  return /^v[ \t]*=[ \t]*DMARC1[ \t]*(;|$)/.test(text.replace(/^V/, "v"));
}

/** Whether a TXT record is meant to be DMARC, though receivers may not see that. */
export function isMeantAsDmarc(text: string): boolean {
  return /v\s*=\s*dmarc/i.test(text) || /(^|;)\s*p\s*=\s*(none|quarantine|reject)/i.test(text);
}

const known = ["v", "p", "sp", "np", "t", "psd", "adkim", "aspf", "rua", "ruf", "fo", "pct", "rf", "ri"];
/** Values that anything else falls back from to the default. */
const optional: Readonly<Record<string, RegExp>> = {
  t: /^[yn]$/i,
  psd: /^[ynu]$/i,
  adkim: /^[rs]$/i,
  aspf: /^[rs]$/i,
  fo: /^[01ds](:[01ds])*$/i,
};

export function parseDmarc(text: string): DmarcRecord {
  const list = parseTagList(text);
  const problems = [...list.problems];
  const slips: SyntaxProblem[] = [];
  const tags = new Map<string, string>();
  for (const [typed, value] of list.tags) {
    const name = known.includes(typed.toLowerCase()) ? typed.toLowerCase() : typed;
    if (name !== typed) slips.push({ position: at(typed), message: `the tag ${typed}= is in upper case` });
    if (!tags.has(name)) tags.set(name, value);
  }
  // RFC 7489 section 6.4 wanted it there, and receivers that know no better still do.
  if (tags.has("p") && [...tags.keys()][1] !== "p")
    slips.push({ position: at("p"), message: "p= does not come directly behind the version" });
  for (const [name, form] of Object.entries(optional)) {
    const value = tags.get(name);
    if (value !== undefined && !form.test(value))
      slips.push({ position: at(name), message: `${name}= is ${show(value)}` });
  }
  return {
    text,
    tags,
    p: policy("p"),
    sp: policy("sp"),
    np: policy("np"),
    testing: tags.get("t")?.toLowerCase() === "y",
    psd: (["y", "n"] as const).find((value) => value === tags.get("psd")?.toLowerCase()) ?? "u",
    rua: uris("rua"),
    ruf: uris("ruf"),
    problems,
    slips,
  };

  function at(name: string): number {
    return Math.max(0, text.search(new RegExp(`(?<![^;\\s])${name}\\s*=`, "i")));
  }

  function policy(name: "p" | "sp" | "np"): Policy | undefined {
    const value = tags.get(name);
    const found = policies.find((each) => each === value?.toLowerCase());
    if (value !== undefined && !found)
      problems.push({
        position: at(name),
        message: `${name}= is ${show(value)}, not none, quarantine or reject`,
      });
    return found;
  }

  function uris(name: "rua" | "ruf"): ReportUri[] {
    return (tags.get(name)?.split(",") ?? []).flatMap((listed) => {
      const [, uri = "", size] = /^(.*?)(?:!(\d+[kmgt]?))?$/is.exec(listed.trim()) ?? [];
      const host = /^mailto:[^@\s!]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:\?.*)?$/i.exec(uri)?.[1]?.toLowerCase();
      if (host) return [{ uri, host, size }];
      const hint = /^[^:]+@/.test(uri) ? "; mailto: belongs before it" : "; receivers send to mailto: only";
      slips.push({ position: at(name), message: `${name}= has ${show(uri)}${hint}` });
      return [];
    });
  }
}
