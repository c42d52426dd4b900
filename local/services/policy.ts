import type { PolicyDocument } from "../world";

/** A request as policies see it. */
export interface AccessRequest {
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** The resource's ARN. */
  readonly resource: string;
  /** The role's ARN; an anonymous request has none. */
  readonly principalArn?: string;
  /** Condition keys that the request has, lower case, for example `aws:securetransport`. */
  readonly context: Readonly<Record<string, string>>;
}

export type Decision = "allow" | "explicitDeny" | "implicitDeny";

type Statement = PolicyDocument["Statement"][number];
type OneOrMore = string | readonly string[];

/**
 * Decides on a request within one account: an explicit deny wins, else one allow is enough, be it the principal's own
 * or the resource's (IAM User Guide, "Policy evaluation logic").
 * @throws if a policy has an element or a condition that is not known here: it must not be taken for one that holds
 */
export function decide(
  request: AccessRequest,
  identityPolicies: readonly PolicyDocument[],
  resourcePolicy?: PolicyDocument,
): Decision {
  const statements = [
    ...identityPolicies.flatMap(({ Statement }) => Statement),
    ...(resourcePolicy?.Statement ?? []).filter((statement) =>
      namesPrincipal(statement, request.principalArn),
    ),
  ];
  const effects = statements.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  if (effects.includes("Deny")) return "explicitDeny";
  return effects.includes("Allow") ? "allow" : "implicitDeny";
}

const knownElements = new Set(["Sid", "Effect", "Principal", "Action", "Resource", "Condition"]);

function applies(statement: Statement, { action, resource, context }: AccessRequest): boolean {
  const unknown = Object.keys(statement).find((element) => !knownElements.has(element));
  if (unknown) throw new Error(`The policy element ${unknown} is not supported by the local cloud.`);
  return (
    list(statement.Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    list(statement.Resource).some((pattern) => matches(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => holds(operator, keys, context))
  );
}

/** Whether a resource policy's statement is about the principal; a whole account's ARN or number names every role in it. */
function namesPrincipal({ Principal }: Statement, principalArn: string | undefined): boolean {
  if (Principal === "*") return true;
  const named = list(Principal?.AWS ?? []);
  if (named.includes("*")) return true;
  if (principalArn === undefined) return false;
  const account = principalArn.split(":")[4] ?? "";
  return [principalArn, account, `arn:aws:iam::${account}:root`].some((arn) => named.includes(arn));
}

type Operator = (actual: string, wanted: string) => boolean;

const operators: Readonly<Record<string, Operator>> = {
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => matches(wanted, actual),
  ArnEquals: (actual, wanted) => matches(wanted, actual),
  ArnLike: (actual, wanted) => matches(wanted, actual),
};

const negations: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

/** All keys of an operator have to hold, and of each key one of the values, or none of them for a negated operator. */
function holds(
  name: string,
  keys: Readonly<Record<string, OneOrMore>>,
  context: AccessRequest["context"],
): boolean {
  const ifExists = name.endsWith("IfExists");
  const plain = ifExists ? name.slice(0, -"IfExists".length) : name;
  const negated = negations[plain] !== undefined;
  const operator = operators[negations[plain] ?? plain];
  if (!operator) throw new Error(`The policy condition ${name} is not supported by the local cloud.`);
  return Object.entries(keys).every(([key, wanted]) => {
    const actual = context[key.toLowerCase()];
    if (actual === undefined) return ifExists || negated;
    return list(wanted).some((value) => operator(actual, value)) !== negated;
  });
}

/** `*` is any text, `?` any one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function list(value: OneOrMore | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
