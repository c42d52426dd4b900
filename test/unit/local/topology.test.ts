import { describe, expect, it } from "vitest";
import { recordSets } from "../../../local/record-sets";
import { restore } from "../../../local/restore";
import { topology } from "../../../local/topology";
import { cloudView } from "../../../local/view";
import type { World } from "../../../local/world";
import { zoneId } from "../../../local/zones";
import { account } from "../../support/account";
import { openNetwork, openServices } from "./providers/support/service";

async function hostWithEverything() {
  const services = openServices();
  const { create } = services;
  const network = await openNetwork(services);
  const { vpc, subnet, gateway, group, instance } = network;
  const routes = await create("RouteTable", { vpcId: vpc.id });
  const route = { routeTableId: routes.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id };
  await create("Route", route);
  await create("RouteTableAssociation", { subnetId: subnet.id, routeTableId: routes.id });
  const smtp = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 25, toPort: 25 };
  await create("IngressRule", { ...smtp, cidrIpv4: "0.0.0.0/0" });
  await create("IngressRule", { ...smtp, referencedSecurityGroupId: group.id });
  await create("EgressRule", { securityGroupId: group.id, ipProtocol: "-1", cidrIpv6: "::/0" });
  const address = await create("Eip", {});
  await create("EipAssociation", { allocationId: address.id, instanceId: instance.id });
  const volume = await create("Volume", { availabilityZone: "us-east-1a", size: 3 });
  await create("VolumeAttachment", { volumeId: volume.id, instanceId: instance.id, deviceName: "/dev/sdf" });
  const record = { zoneId: zoneId("example.test"), name: "mx.example.test", ttl: 1, type: "A" };
  await create("DnsRecord", { ...record, content: address.state.publicIp as string });
  await create("EipDomainName", { allocationId: address.id, domainName: "mx.example.test" });
  await create("Bucket", { bucket: "files" });
  return { services, network, volume };
}

describe("the network that the resources ask for", () => {
  it("holds interfaces, rules of both directions and addresses", async () => {
    const { services, network } = await hostWithEverything();
    expect(topology(services.cloud.store, account)).toEqual({
      interfaces: [
        {
          instanceId: network.instance.id,
          privateIp: "10.0.1.4",
          subnetCidr: "10.0.1.0/24",
          vpcCidr: "10.0.0.0/16",
          mac: "02:00:0a:00:01:04",
          internet: true,
          rules: [
            { direction: "ingress", protocol: "tcp", fromPort: 25, toPort: 25, cidr: "0.0.0.0/0" },
            { direction: "ingress", protocol: "tcp", fromPort: 25, toPort: 25, cidr: "10.0.1.4/32" },
            { direction: "egress", protocol: "-1", cidr: "::/0" },
          ],
        },
      ],
      addresses: [{ publicIp: "203.0.113.129", privateIp: "10.0.1.4" }],
      outboundPort25: "open",
    });
  });

  it("has no way to the internet without a route to a gateway, and everything open outwards in the default group", async () => {
    const services = openServices();
    const { machine } = await openNetwork(services);
    const { vpcSecurityGroupIds, ...plain } = machine;
    await services.create("Instance", plain);
    const second = topology(services.cloud.store, account).interfaces[1];
    expect(second?.internet).toBe(false);
    expect(second?.rules).toContainEqual({ direction: "egress", protocol: "-1", cidr: "0.0.0.0/0" });
  });
});

describe("the view of an instance", () => {
  it("says what the metadata service tells it, with a role only if the role trusts EC2", async () => {
    const services = openServices();
    const { create, cloud } = services;
    const { machine } = await openNetwork(services);
    const trusting = (Service: string) => ({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } },
    });
    for (const [service, expected] of [
      ["ec2.amazonaws.com", "role-ec2"],
      ["lambda.amazonaws.com", undefined],
    ] as const) {
      const role = await create("Role", {
        name: `role-${service.split(".")[0]}`,
        assumeRolePolicy: trusting(service),
      });
      const profile = await create("InstanceProfile", { role: role.id });
      const instance = await create("Instance", {
        ...machine,
        iamInstanceProfile: profile.id,
        userDataBase64: Buffer.from("#!/bin/sh").toString("base64"),
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
      });
      const seen = cloudView(cloud.store, account).instanceByPrivateIp(instance.state.privateIp as string);
      expect(seen).toMatchObject({
        instanceId: instance.id,
        userData: Buffer.from("#!/bin/sh"),
        metadata: { enabled: true, tokensRequired: true, hopLimit: 2 },
      });
      expect(seen?.role?.name).toBe(expected);
    }
  });
});

describe("after the daemon was killed", () => {
  it("the world is told everything again", async () => {
    const { services, network, volume } = await hostWithEverything();
    const told: unknown[][] = [];
    const note =
      (what: string) =>
      async (...args: unknown[]) =>
        void told.push([what, ...args]);
    const world = {
      machines: { start: note("start") },
      volumes: { create: note("volume") },
      network: { apply: note("network") },
      dns: { createZone: note("zone"), set: note("set") },
      objects: { createBucket: note("bucket") },
    } as unknown as World;
    await restore(services.cloud.store, world, account);
    expect(told).toEqual([
      ["zone", "example.test", { signed: true, ds: "own" }],
      ["zone", "example.org", { signed: true, ds: "own" }],
      ["set", "example.test", "mx.example.test", "A", 300, ["203.0.113.129"]],
      ["set", "113.0.203.in-addr.arpa", "129.113.0.203.in-addr.arpa", "PTR", 300, ["mx.example.test."]],
      ["bucket", "files"],
      ["volume", volume.id, 3],
      ["network", topology(services.cloud.store, account)],
      ["start", expect.objectContaining({ id: network.instance.id, memoryMiB: 1024 }), [volume.id]],
    ]);
    expect(recordSets(services.cloud.store, account)).toHaveLength(2);
  });

  it("a machine that was stopped stays off", async () => {
    const { services, network } = await hostWithEverything();
    const { store } = services.cloud;
    const [, attachment] = store.all("volumeAttachment")[0] ?? [];
    expect(attachment).toBeDefined();
    const row = store.get("instance", network.instance.id);
    if (row) store.put("instance", network.instance.id, { ...row, facts: { ...row.facts, stopped: true } });
    const started: string[] = [];
    const { world } = services.cloud;
    const machines = { ...world.machines, start: async ({ id }: { id: string }) => void started.push(id) };
    await restore(store, { ...world, machines }, account);
    expect(started).toEqual([]);
  });
});
