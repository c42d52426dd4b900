import * as aws from "@pulumi/aws";
import * as cloudflare from "@pulumi/cloudflare";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zoneId } from "../../local/zones";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { failure, stackOf } from "./support/stack";

interface Refusal {
  readonly what: string;
  readonly declare: () => unknown;
  readonly says: string;
}

/** As languages without the SDK's types declare resources: the SDK itself leaves out what it does not know. */
class Untyped extends pulumi.CustomResource {
  constructor(type: string, inputs: pulumi.Inputs) {
    super(type, "bad", inputs);
  }
}

const record = { zoneId: zoneId("example.test"), name: "www.example.test", type: "A", ttl: 300 };

const refusals: Refusal[] = [
  {
    what: "a misspelt property",
    declare: () => new Untyped("aws:ec2/vpc:Vpc", { cidrBlok: "10.0.0.0/16" }),
    says: `cidrBlok: aws:ec2/vpc:Vpc has no such property; did you mean "cidrBlock"?`,
  },
  {
    what: "a misspelt part of a property",
    declare: () => new aws.ec2.Instance("bad", { metadataOptions: { httpToken: "required" } as never }),
    says: 'metadataOptions.httpToken: aws:ec2/instance:Instance has no such property; did you mean "httpTokens"?',
  },
  {
    what: "a missing property",
    declare: () => new aws.ec2.Vpc("bad", {}),
    says: "cidrBlock: is required and was not given",
  },
  {
    what: "a property of the wrong type",
    declare: () => new aws.ebs.Volume("bad", { availabilityZone: "us-east-1a", size: "10" } as never),
    says: 'size: "10" is not a number',
  },
  {
    what: "a real property that is not emulated",
    declare: () => new aws.ec2.Vpc("bad", { cidrBlock: "10.0.0.0/16", ipv6CidrBlock: "2001:db8::/56" }),
    says: "ipv6CidrBlock: the real aws:ec2/vpc:Vpc has this property, the local cloud does not emulate it",
  },
  {
    what: "a resource type that is not emulated",
    declare: () => new aws.ec2.NatGateway("bad", { subnetId: "subnet-1" }),
    says: "the local cloud has no resource type aws:ec2/natGateway:NatGateway",
  },
  {
    what: "a misspelt resource type",
    declare: () => new Untyped("aws:ec2/vcp:Vcp", {}),
    says: 'no resource type aws:ec2/vcp:Vcp; did you mean "aws:ec2/vpc:Vpc"?',
  },
  {
    what: "both content and data of a record",
    declare: () =>
      new cloudflare.DnsRecord("bad", { ...record, content: "203.0.113.9", data: { tag: "issue" } }),
    says: "content, data: they exclude each other",
  },
  {
    what: "a TTL out of range",
    declare: () => new cloudflare.DnsRecord("bad", { ...record, ttl: 30, content: "203.0.113.9" }),
    says: "ttl: 30 is no TTL (9021): 60 to 86400 seconds, or 1 for automatic",
  },
  {
    what: "a zone that the account does not have",
    declare: () => cloudflare.getZone({ filter: { name: "exampel.test" } }),
    says: "zone exampel.test not found: the Cloudflare account has example.test, example.org; did you mean example.test?",
  },
  {
    what: "a provider for another region",
    declare: () => {
      const provider = new aws.Provider("elsewhere", { region: "eu-west-1" });
      return new aws.ec2.Vpc("bad", { cidrBlock: "10.0.0.0/16" }, { provider });
    },
    says: 'region: "eu-west-1" is not us-east-1, the one region of the local cloud',
  },
  {
    what: "a function that is not emulated",
    declare: () => aws.ec2.getKeyPair({ keyName: "mine" }),
    says: "the local cloud has no function aws:ec2/getKeyPair:getKeyPair",
  },
];

describe("a preview refuses, and creates nothing:", () => {
  let cloud: TestCloud;
  let stack: Stack;
  beforeAll(async () => {
    cloud = await openTestCloud();
    stack = await stackOf(cloud, async () => {});
  });
  afterAll(() => cloud.close());

  for (const { what, declare, says } of refusals)
    it(what, async () => {
      const message = await failure(stack.preview({ program: async () => void (await declare()) }));
      expect(message).toContain(says);
      expect(cloud.store.size).toBe(0);
    });

  it("everything wrong with a resource is told at once", async () => {
    const wrong = { cidrBlock: 10, tags: { a: 1 }, nam: "x" };
    const message = await failure(
      stack.preview({ program: async () => void new Untyped("aws:ec2/vpc:Vpc", wrong) }),
    );
    for (const says of [
      "cidrBlock: 10 is not text",
      'tags["a"]: 1 is not text',
      "nam: aws:ec2/vpc:Vpc has no such",
    ])
      expect(message).toContain(says);
  });
});
