import type { Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resourceCount, type WebHost, webHost } from "./programs/web-host";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, stackOf } from "./support/stack";

interface Change {
  readonly what: string;
  readonly change: WebHost;
  readonly expected: Record<string, number>;
}

/** Each change is made on top of all before it. */
const changes: Change[] = [
  { what: "tags, in place", change: { tags: { Name: "web" } }, expected: { update: 1 } },
  { what: "another value of a tag, in place", change: { tags: { Name: "www" } }, expected: { update: 1 } },
  { what: "no tags any more, in place", change: { tags: undefined }, expected: { update: 1 } },
  { what: "the port of a rule, in place", change: { port: 8443 }, expected: { update: 1 } },
  { what: "the instance's type, in place", change: { instanceType: "t3.medium" }, expected: { update: 1 } },
  { what: "user data, in place by default", change: { userData: "#!/bin/sh\n" }, expected: { update: 1 } },
  {
    what: "IPv6 for the network, the subnet and the instance, in place",
    change: { ipv6: true },
    expected: { update: 3 },
  },
  { what: "a larger volume, in place", change: { volumeSize: 20 }, expected: { update: 1 } },
  {
    what: "the content of an object, in place",
    change: { content: "other content" },
    expected: { update: 1 },
  },
  {
    what: "the key of an object, by a new one",
    change: { objectKey: "other.txt" },
    expected: { replace: 1 },
  },
  { what: "the TTL of a record, in place", change: { ttl: 600 }, expected: { update: 1 } },
  { what: "a policy, in place", change: { policyAction: "s3:*" }, expected: { update: 1 } },
  {
    what: "a host's name: record and PTR in place, the certificate by a new one",
    change: { hostname: "web.example.test" },
    expected: { update: 2, replace: 1 },
  },
  {
    what: "the description of a security group, which moves the instance and takes the rule along",
    change: { groupDescription: "Web" },
    expected: { update: 1, replace: 2 },
  },
  {
    what: "user data that replaces: the instance, its attachment and its address's association",
    change: { userData: "#!/bin/bash\n", userDataReplaceOnChange: true },
    expected: { replace: 3 },
  },
  {
    what: "the image, with an instance type of the other architecture",
    change: { architecture: "arm64", instanceType: "t4g.small" },
    expected: { replace: 3 },
  },
];

describe("a change of the program changes, and nothing else does:", () => {
  let cloud: TestCloud;
  let stack: Stack;
  let program: WebHost = {};
  beforeAll(async () => {
    cloud = await openTestCloud();
    stack = await stackOf(cloud, webHost());
    await stack.up();
  });
  afterAll(() => cloud.close());

  for (const { what, change, expected } of changes)
    it(what, async () => {
      program = { ...program, ...change };
      expect(changesOf(await stack.up({ program: webHost(program) }))).toEqual(expected);
    });

  it("after all of them a preview finds nothing to do", async () => {
    expect((await stack.preview({ program: webHost(program) })).changeSummary).toEqual({
      same: resourceCount,
    });
  });
});
