import { describe, expect, it } from "vitest";
import { type AccessRequest, decide } from "../../../../local/services/policy";
import type { PolicyDocument } from "../../../../local/world";

const read: AccessRequest = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::bundles/hosts/mx1/bundle.json",
  principalArn: "arn:aws:iam::123456789012:role/mail",
  context: { "aws:securetransport": "true", "s3:prefix": "hosts/" },
};

type Statement = PolicyDocument["Statement"][number];
const policy = (...Statement: Partial<Statement>[]): PolicyDocument => ({
  Statement: Statement.map((statement) => ({ Effect: "Allow", Action: "s3:*", Resource: "*", ...statement })),
});

describe("a policy", () => {
  it("allows nothing that it does not name", () => {
    expect(decide(read, [])).toBe("implicitDeny");
    expect(decide(read, [policy({ Action: "s3:PutObject" })])).toBe("implicitDeny");
    expect(decide(read, [policy({ Resource: "arn:aws:s3:::other/*" })])).toBe("implicitDeny");
  });

  it.each<[Partial<Statement>, boolean]>([
    [{ Action: "s3:GetObject" }, true],
    [{ Action: "S3:getobject" }, true],
    [{ Action: ["s3:PutObject", "s3:Get*"] }, true],
    [{ Action: "s3:GetObject?" }, false],
    [{ Resource: "arn:aws:s3:::bundles/hosts/mx?/bundle.json" }, true],
    [{ Resource: "arn:aws:s3:::bundles" }, false],
    [{ Resource: "arn:aws:s3:::bundles/hosts.mx1/bundle.json" }, false],
    [{ Condition: { StringLike: { "s3:prefix": "hosts/*" } } }, true],
    [{ Condition: { StringEquals: { "s3:prefix": ["a", "b"] } } }, false],
    [{ Condition: { StringNotEquals: { "s3:prefix": ["a", "b"] } } }, true],
    [{ Condition: { StringEquals: { "aws:absent": "x" } } }, false],
    [{ Condition: { StringEqualsIfExists: { "aws:absent": "x" } } }, true],
    [{ Condition: { StringNotEquals: { "aws:absent": "x" } } }, true],
    [{ Condition: { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "s3:prefix": "no" } } }, false],
  ])("with %j allows the request: %s", (statement, allowed) => {
    expect(decide(read, [policy(statement)])).toBe(allowed ? "allow" : "implicitDeny");
  });

  it("that denies wins over all that allow", () => {
    const deny = policy({ Effect: "Deny", Action: "s3:GetObject" });
    expect(decide(read, [policy({}), deny])).toBe("explicitDeny");
    expect(decide(read, [policy({})], policy({ Effect: "Deny", Principal: "*" }))).toBe("explicitDeny");
  });

  it("of a bucket can demand HTTPS", () => {
    const condition = { Bool: { "aws:SecureTransport": "false" } };
    const demand = policy({ Effect: "Deny", Principal: "*", Condition: condition });
    expect(decide(read, [policy({})], demand)).toBe("allow");
    const plain = { ...read, context: { "aws:securetransport": "false" } };
    expect(decide(plain, [policy({})], demand)).toBe("explicitDeny");
  });

  it.each<[Statement["Principal"], boolean, boolean]>([
    ["*", true, true],
    [{ AWS: "*" }, true, true],
    [{ AWS: ["arn:aws:iam::123456789012:role/mail"] }, true, false],
    [{ AWS: "arn:aws:iam::123456789012:root" }, true, false],
    [{ AWS: "123456789012" }, true, false],
    [{ AWS: "arn:aws:iam::123456789012:role/other" }, false, false],
    [{ Service: "ec2.amazonaws.com" }, false, false],
    [undefined, false, false],
  ])("of a bucket for %j allows the role: %s, anybody: %s", (Principal, role, anybody) => {
    const bucket = policy({ Principal });
    expect(decide(read, [], bucket) === "allow").toBe(role);
    expect(decide({ ...read, principalArn: undefined }, [], bucket) === "allow").toBe(anybody);
  });

  it("with an element or a condition that is not understood decides nothing", () => {
    const unknown = { NotAction: "s3:*" } as Partial<Statement>;
    expect(() => decide(read, [policy(unknown)])).toThrow(/NotAction is not supported/);
    const condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
    expect(() => decide(read, [policy({ Condition: condition })])).toThrow(/IpAddress is not supported/);
  });
});
