import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  containsIpv6,
  ipv6CidrProblem,
  ipv6Text,
  parseIpv6Cidr,
  sameIpv6Cidr,
} from "../../../../local/providers/aws/ipv6";
import { topology } from "../../../../local/topology";
import { cloudView } from "../../../../local/view";
import { account } from "../../../support/account";
import { openNetwork, openServices, type TestServices } from "./support/service";

describe("IPv6 prefixes", () => {
  const prefix = fc
    .tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 }))
    .map(([address, bits]) => `${address}/${bits}`);

  it("without host bits are all valid, whichever way they are written, and contain themselves", () => {
    fc.assert(
      fc.property(prefix, (given) => {
        const cidr = ipv6Text(parseIpv6Cidr(given));
        expect(ipv6CidrProblem(cidr)).toBeUndefined();
        expect(parseIpv6Cidr(cidr)).toEqual(parseIpv6Cidr(given));
        expect(containsIpv6(cidr, cidr)).toBe(true);
        expect(sameIpv6Cidr(cidr, cidr.toUpperCase())).toBe(true);
      }),
    );
  });

  it("are refused with the one that was meant", () => {
    expect(ipv6CidrProblem("2001:db8::1/32")).toBe('has host bits set; did you mean "2001:db8::/32"?');
    for (const wrong of ["2001:db8::", "2001:db8::/129", "10.0.0.0/8", "fe80::%1/64", "::/0/0", "::/"])
      expect(ipv6CidrProblem(wrong), wrong).toContain("is not an IPv6 prefix");
  });
});

/** A network with an IPv6 block, whose subnet has the first /64 of it. */
async function openIpv6(services: TestServices) {
  const network = await openNetwork(services);
  const vpc = await services.update(network.vpc, {
    ...network.vpc.inputs,
    assignGeneratedIpv6CidrBlock: true,
  });
  const block = String(vpc.state.ipv6CidrBlock);
  const ipv6CidrBlock = block.replace("/56", "/64");
  const subnet = await services.update(network.subnet, { ...network.subnet.inputs, ipv6CidrBlock });
  return { ...network, vpc, subnet, block };
}

describe("IPv6 on EC2", () => {
  it("comes to a running instance in place: a /56, a /64 of it, an address, a way to the internet", async () => {
    const services = openServices();
    const { instance, subnet, vpc, block, gateway } = await openIpv6(services);
    const told: unknown[] = [];
    services.cloud.world.machines.readdress = async (spec) => void told.push(spec.ipv6);
    const changed = await services.update(instance, { ...instance.inputs, ipv6AddressCount: 1 });
    const [address] = changed.state.ipv6Addresses as string[];
    expect(containsIpv6(String(subnet.state.ipv6CidrBlock), `${address}/128`)).toBe(true);
    expect(told).toEqual([{ address, subnetCidr: subnet.state.ipv6CidrBlock }]);

    const held = () => topology(services.cloud.store, account).interfaces[0]?.ipv6;
    expect(held()).toEqual({ address, vpcCidr: block, internet: false });
    const routes = await services.create("RouteTable", { vpcId: vpc.id });
    await services.create("RouteTableAssociation", { subnetId: subnet.id, routeTableId: routes.id });
    const route = { routeTableId: routes.id, gatewayId: gateway.id };
    await services.create("Route", { ...route, destinationCidrBlock: "0.0.0.0/0" });
    expect(held()?.internet).toBe(false);
    await services.create("Route", { ...route, destinationIpv6CidrBlock: "::/0" });
    expect(held()?.internet).toBe(true);
    expect(cloudView(services.cloud.store, account).instanceByPrivateIp("10.0.1.4")?.ipv6).toEqual({
      address,
      subnetCidr: subnet.state.ipv6CidrBlock,
      vpcCidr: block,
    });
  });

  it("stays as it is when other things of the instance change, and goes when none is asked for", async () => {
    const services = openServices();
    const { instance } = await openIpv6(services);
    const with6 = await services.update(instance, { ...instance.inputs, ipv6AddressCount: 1 });
    const left = await services.update(with6, { ...instance.inputs, tags: { Name: "mail" } });
    expect(left.state.ipv6Addresses).toEqual(with6.state.ipv6Addresses);
    const without = await services.update(left, { ...instance.inputs, ipv6AddressCount: 0 });
    expect(without.state.ipv6Addresses).toEqual([]);
  });

  it("is given at launch by a subnet that does so by itself", async () => {
    const services = openServices();
    const { machine, subnet } = await openIpv6(services);
    await services.update(subnet, { ...subnet.inputs, assignIpv6AddressOnCreation: true });
    expect((await services.create("Instance", machine)).state.ipv6Addresses).toHaveLength(1);
  });

  it("gives each VPC a block of its own", async () => {
    const { create } = openServices();
    const blocks = [];
    for (const cidrBlock of ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"]) {
      const { state } = await create("Vpc", { cidrBlock, assignGeneratedIpv6CidrBlock: true });
      blocks.push(state.ipv6CidrBlock);
    }
    expect(blocks).toEqual(["2001:db8:c000::/56", "2001:db8:c000:100::/56", "2001:db8:c000:200::/56"]);
  });

  it("counts the members of a security group by both of their addresses", async () => {
    const services = openServices();
    const { instance, group } = await openIpv6(services);
    const { state } = await services.update(instance, { ...instance.inputs, ipv6AddressCount: 1 });
    const members = { securityGroupId: group.id, referencedSecurityGroupId: group.id, ipProtocol: "-1" };
    await services.create("IngressRule", members);
    const rules = topology(services.cloud.store, account).interfaces[0]?.rules ?? [];
    expect(rules.map(({ cidr }) => cidr)).toEqual([
      "10.0.1.4/32",
      `${(state.ipv6Addresses as string[])[0]}/128`,
    ]);
  });
});

describe("EC2 refuses of IPv6", () => {
  it("blocks of a subnet that are not the VPC's, not a /64, or another subnet's", async () => {
    const services = openServices();
    const { vpc, subnet } = await openIpv6(services);
    const other = { vpcId: vpc.id, cidrBlock: "10.0.2.0/24" };
    for (const [ipv6CidrBlock, says] of [
      ["2001:db8:ffff::/64", /^InvalidSubnet\.Range: .*choose a \/64 of 2001:db8:c000::\/56/],
      ["2001:db8:c000::/60", "is not a /64"],
      ["2001:db8:c000:1::1/64", 'did you mean "2001:db8:c000:1::/64"?'],
      ["2001:DB8:C000:0::/64", `conflicts with another subnet: ${subnet.id} has it`],
    ] as const)
      await expect(services.create("Subnet", { ...other, ipv6CidrBlock })).rejects.toThrow(says);
  });

  it("a subnet's block in a VPC without one, and addresses in a subnet without one", async () => {
    const services = openServices();
    const { vpc, subnet, machine } = await openNetwork(services);
    const block = { vpcId: vpc.id, cidrBlock: "10.0.2.0/24", ipv6CidrBlock: "2001:db8:c000::/64" };
    await expect(services.create("Subnet", block)).rejects.toThrow(
      "give it one with assignGeneratedIpv6CidrBlock",
    );
    await expect(
      services.update(subnet, { ...subnet.inputs, assignIpv6AddressOnCreation: true }),
    ).rejects.toThrow("Cannot set assign-ipv6-address-on-creation to true unless the subnet");
    await expect(services.create("Instance", { ...machine, ipv6AddressCount: 1 })).rejects.toThrow(
      /has no IPv6 CIDR block, so ipv6AddressCount can't be 1/,
    );
    await expect(services.create("Instance", { ...machine, ipv6AddressCount: 2 })).rejects.toThrow(
      "is more than the one IPv6 address that the local cloud gives an instance",
    );
    await expect(services.create("Instance", { ...machine, enablePrimaryIpv6: true })).rejects.toThrow(
      "Set ipv6AddressCount to 1",
    );
  });

  it("to take a block away from where it is in use", async () => {
    const services = openServices();
    const { vpc, subnet, instance } = await openIpv6(services);
    await services.update(instance, { ...instance.inputs, ipv6AddressCount: 1 });
    await expect(
      services.update(vpc, { ...vpc.inputs, assignGeneratedIpv6CidrBlock: false }),
    ).rejects.toThrow(`InvalidCidrBlock.InUse: The CIDR block 2001:db8:c000::/56 of ${vpc.id} is in use by`);
    await expect(
      services.update(subnet, { ...subnet.inputs, ipv6CidrBlock: "2001:db8:c000:1::/64" }),
    ).rejects.toThrow(`in use by ${instance.id}`);
  });

  it("a route with no destination, with two, or to where there is a route", async () => {
    const services = openServices();
    const { vpc, gateway } = await openIpv6(services);
    const routes = await services.create("RouteTable", { vpcId: vpc.id });
    const route = { routeTableId: routes.id, gatewayId: gateway.id };
    const ipv6 = { destinationIpv6CidrBlock: "::/0" };
    await expect(services.create("Route", route)).rejects.toThrow("one of them is required");
    await expect(
      services.create("Route", { ...route, ...ipv6, destinationCidrBlock: "0.0.0.0/0" }),
    ).rejects.toThrow("they exclude each other");
    await services.create("Route", { ...route, ...ipv6 });
    await expect(services.create("Route", { ...route, ...ipv6 })).rejects.toThrow(
      "The route identified by ::/0 already exists",
    );
  });
});
