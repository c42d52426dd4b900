import { describe, expect, it } from "vitest";
import { type PolicyKind, policyProblem } from "../../../../local/providers/aws/policy-document";

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };

const policy = (Statement: unknown, more: object = {}) =>
  JSON.stringify({ Version: "2012-10-17", Statement, ...more });

describe("a policy document", () => {
  for (const [kind, json] of [
    ["identity", policy(read)],
    ["identity", policy([read, { ...read, Sid: "two", Action: ["s3:*", "*"], Condition: { Bool: {} } }])],
    ["trust", policy([trust])],
    ["bucket", policy([{ ...read, Principal: "*" }])],
  ] as [PolicyKind, string][])
    it(`of kind ${kind} is accepted: ${json.slice(24, 70)}`, () =>
      expect(policyProblem(kind)(json)).toBeUndefined());

  for (const [kind, json, says] of [
    ["identity", "not json", "MalformedPolicyDocument: the document is not a JSON object"],
    ["identity", policy([]), "Statement is missing"],
    ["identity", policy(read, { version: 1 }), 'unknown element "version"'],
    [
      "identity",
      JSON.stringify({ Version: "2021-01-01", Statement: [read] }),
      'Version must be "2012-10-17"',
    ],
    ["identity", policy({ ...read, Effect: "allow" }), 'Effect must be "Allow" or "Deny"'],
    ["identity", policy({ ...read, Actions: "s3:*" }), 'unknown element "Actions" in a statement'],
    ["identity", policy({ Effect: "Allow", Action: "s3:*" }), "Resource is missing"],
    ["identity", policy({ ...read, Principal: "*" }), "Principal has no place in a policy of a role"],
    ["identity", policy({ ...read, Action: "GetObject" }), '"GetObject" is no action'],
    ["trust", policy({ ...trust, Principal: undefined }), "Principal is missing"],
    ["trust", policy({ ...trust, Resource: "*" }), "Resource has no place in a trust policy"],
    ["bucket", policy(read), "MalformedPolicy: Principal is missing"],
  ] as [PolicyKind, string, string][])
    it(`of kind ${kind} is refused: ${says}`, () => expect(policyProblem(kind)(json)).toContain(says));
});
