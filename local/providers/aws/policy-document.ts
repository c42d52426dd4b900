/** What a policy is attached to decides which elements it may have. */
export type PolicyKind = "identity" | "trust" | "bucket";

/**
 * What is wrong with a policy, in the words of IAM's grammar
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 */
export function policyProblem(kind: PolicyKind): (json: string) => string | undefined {
  const code = kind === "bucket" ? "MalformedPolicy" : "MalformedPolicyDocument";
  return (json) => {
    const problem = documentProblem(kind, json);
    return problem === undefined ? undefined : `is no valid policy: ${code}: ${problem}`;
  };
}

function documentProblem(kind: PolicyKind, json: string): string | undefined {
  const policy = parsed(json);
  if (!isObject(policy)) return "the document is not a JSON object";
  const stray = Object.keys(policy).find((key) => !["Version", "Id", "Statement"].includes(key));
  if (stray) return `unknown element "${stray}"; a policy has Version, Id and Statement`;
  if (policy.Version !== undefined && policy.Version !== "2012-10-17" && policy.Version !== "2008-10-17")
    return `Version must be "2012-10-17", not ${JSON.stringify(policy.Version)}`;
  const statements = [policy.Statement].flat();
  if (policy.Statement === undefined || statements.length === 0) return "Statement is missing";
  return statements
    .map((statement) => statementProblem(kind, statement))
    .find((problem) => problem !== undefined);
}

function statementProblem(kind: PolicyKind, statement: unknown): string | undefined {
  if (!isObject(statement)) return "a statement is not a JSON object";
  const given = Object.keys(statement);
  const stray = given.find((key) => !elements.includes(key));
  if (stray) return `unknown element "${stray}" in a statement; one of ${elements.join(", ")} is wanted`;
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") return 'Effect must be "Allow" or "Deny"';
  const wanted =
    kind === "identity" ? ["Action", "Resource"] : kind === "trust" ? ["Action", "Principal"] : all;
  const missing = wanted.find((element) => !given.includes(element) && !given.includes(`Not${element}`));
  if (missing) return `${missing} is missing in a statement`;
  if (kind === "identity" && given.includes("Principal"))
    return "Principal has no place in a policy of a role: the role is the principal";
  if (kind === "trust" && given.includes("Resource"))
    return "Resource has no place in a trust policy: the role is the resource";
  return [statement.Action, statement.NotAction].flat().filter(Boolean).map(actionProblem).find(Boolean);
}

function actionProblem(action: unknown): string | undefined {
  if (action === "*" || (typeof action === "string" && /^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)))
    return undefined;
  return `${JSON.stringify(action)} is no action; actions are like "s3:GetObject"`;
}

const all = ["Action", "Principal", "Resource"];

const elements = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
