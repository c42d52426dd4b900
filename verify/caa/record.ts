import type { RecordData } from "../dns/resolver";

export type Caa = RecordData["CAA"];

/** The value of an issue, issuewild or issuemail property (RFC 8659 section 4.2). */
export interface Issuer {
  /** The authority's domain in lower case; empty forbids everybody. */
  readonly domain: string;
  /** By name in lower case, in the order of the record. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const issueTags = ["issue", "issuewild", "issuemail"] as const;
export type IssueTag = (typeof issueTags)[number];

/** What authorities understand (the IANA registry of CAA properties). */
const knownTags: readonly string[] = [...issueTags, "iodef", "issuevmc", "contactemail", "contactphone"];
const domainForm = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** @returns undefined when the value breaks the grammar, which forbids issuance as ";" does (RFC 8659 section 4.2) */
export function parseIssuer(value: string): Issuer | undefined {
  const [head = "", ...rest] = value.split(";");
  const domain = head.trim();
  if (domain !== "" && !domainForm.test(domain)) return undefined;
  const specs = rest.map((spec) => spec.trim());
  // Nothing but a semicolon is the usual way to write nobody.
  const parameters = (specs.length === 1 && specs[0] === "" ? [] : specs).map((spec) =>
    /^([a-z0-9]+)[ \t]*=[ \t]*([\x21-\x3a\x3c-\x7e]*)$/i.exec(spec),
  );
  if (parameters.some((match) => match === null)) return undefined;
  return {
    domain: domain.toLowerCase(),
    parameters: parameters.map((match) => [match?.[1]?.toLowerCase() ?? "", match?.[2] ?? ""] as const),
  };
}

/** In presentation format. */
export function formatCaa({ flags, tag, value }: Caa): string {
  return `${flags} ${tag} "${value}"`;
}

/** What is wrong with a record: the end of a sentence about it. */
export function problemOf({ flags, tag, value }: Caa): string | undefined {
  const name = tag.toLowerCase();
  if (!knownTags.includes(name))
    return flags & 128
      ? `has the property "${tag}", which no authority knows, and is marked critical, so that none may issue`
      : `has the property "${tag}", which no authority knows`;
  if (name === "iodef" && !/^(mailto:[^@\s]+@[^@\s]+|https?:\/\/\S+)$/i.test(value))
    return "has neither a mailto: nor an https: address";
  if (name !== "issue" && name !== "issuewild" && name !== "issuemail" && name !== "issuevmc")
    return undefined;
  const issuer = parseIssuer(value);
  if (!issuer) return "has a value that can't be read, so that it allows nobody";
  return parameterProblem(issuer);
}

/** Parameters that authorities must not issue with, however they read them (RFC 8657 sections 3 and 4). */
function parameterProblem({ domain, parameters }: Issuer): string | undefined {
  const given = (name: string) => parameters.filter(([each]) => each === name).map(([, value]) => value);
  const accounts = given("accounturi");
  const methods = given("validationmethods");
  if (accounts.length > 1 || methods.length > 1) return "has a parameter twice, so that it allows nobody";
  if (accounts.some((uri) => !/^[a-z][a-z0-9+.-]*:\S+$/i.test(uri)))
    return `has an accounturi that is no URI, so that it allows no account of ${domain}`;
  if (methods.some((list) => !/^[a-z0-9-]+(,[a-z0-9-]+)*$/i.test(list)))
    return "has validationmethods that are no list of methods, so that it allows none";
  return undefined;
}
