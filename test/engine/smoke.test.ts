import * as ec2 from "@pulumi/aws/ec2";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, stackOf } from "./support/stack";

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await openTestCloud();
});
afterAll(() => cloud.close());

it("smoke", async () => {
  const program = async () => {
    const vpc = new ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", tags: { a: "b" } });
    const subnet = new ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
    return { id: vpc.id, zone: subnet.availabilityZone };
  };
  const stack = await stackOf(cloud, program);
  const preview = await stack.preview({ onOutput: console.log });
  console.log(preview.changeSummary);
  const up = await stack.up({ onOutput: console.log });
  expect(changesOf(up)).toEqual({ create: 3 });
  console.log(up.outputs);
  expect(changesOf(await stack.up())).toEqual({});
  console.log(await stack.refresh({ onOutput: console.log }));
  await stack.destroy({ onOutput: console.log });
  expect(cloud.store.size).toBe(0);
}, 120000);
