import type { types } from "@pulumi/aws";
import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { exactlyOneOf, known } from "../rules";
import { list, notEmulated, object, text } from "../shape";
import { cidrProblem } from "./cidr";
import { arn, commonOutputs, existing, newId, region, tags } from "./common";
import { ipv6CidrProblem } from "./ipv6";

export function routeTable(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.RouteTableArgs, ec2.RouteTable>({
    inputs: {
      propagatingVgws: notEmulated,
      region: region(cloud),
      routes: list(object<types.input.ec2.RouteTableRoute>(routeShape), { computed: true, unordered: true }),
      tags,
      vpcId: text({ required: true, replaces: true }),
    },
    rules: (inputs) =>
      (known(inputs.routes) ?? []).flatMap((route) =>
        exactlyOneOf(route, ["cidrBlock", "ipv6CidrBlock"]).concat(exactlyOneOf(route, ["gatewayId"])),
      ),
    create: async (config) => {
      existing(store.get("vpc", config.vpcId), "InvalidVpcID.NotFound", "vpc", config.vpcId);
      for (const route of config.routes ?? []) checkGateway(cloud, config.vpcId, route.gatewayId ?? "");
      const id = newId("rtb");
      store.put("routeTable", id, { config, facts: { main: false } });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("routeTable", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      for (const route of config.routes ?? []) checkGateway(cloud, config.vpcId, route.gatewayId ?? "");
      await cloud.change("routeTable", id, { config, facts: row(id).facts }, cloud.applyNetwork);
      return describe(id);
    },
    delete: async (id) => {
      const users = store.all("routeTableAssociation").filter(([, { config }]) => config.routeTableId === id);
      if (users.length)
        throw new ServiceError(
          "DependencyViolation",
          `The routeTable '${id}' has dependencies and cannot be deleted: ${users.map(([, { config }]) => config.subnetId).join(", ")} uses it`,
        );
      for (const [route, { config }] of store.all("route"))
        if (config.routeTableId === id) store.remove("route", route);
      store.remove("routeTable", id);
    },
  });

  function row(id: string) {
    return existing(store.get("routeTable", id), "InvalidRouteTableID.NotFound", "route table", id);
  }

  function describe(id: string) {
    const { config } = row(id);
    return {
      ...commonOutputs(cloud, config),
      arn: arn(account, `route-table/${id}`),
      ownerId: account.id,
      propagatingVgws: [],
      routes: config.routes ?? [],
      vpcId: config.vpcId,
    };
  }
}

/** Of all the targets that a route may have the local cloud has one: an internet gateway of the table's own VPC. */
export function checkGateway(cloud: Cloud, vpcId: string, gatewayId: string): void {
  const gateway = existing(
    cloud.store.get("internetGateway", gatewayId),
    "InvalidGatewayID.NotFound",
    "internet gateway",
    gatewayId,
  );
  if (gateway.config.vpcId !== vpcId)
    throw new ServiceError(
      "InvalidParameterValue",
      `route table and network gateway belong to different networks: ${gatewayId} is attached to ${gateway.config.vpcId ?? "none"}, the table is of ${vpcId}`,
    );
}

const routeShape = {
  carrierGatewayId: notEmulated,
  cidrBlock: text({ problem: cidrProblem }),
  coreNetworkArn: notEmulated,
  destinationPrefixListId: notEmulated,
  egressOnlyGatewayId: notEmulated,
  gatewayId: text(),
  ipv6CidrBlock: text({ problem: ipv6CidrProblem }),
  localGatewayId: notEmulated,
  natGatewayId: notEmulated,
  networkInterfaceId: notEmulated,
  odbNetworkArn: notEmulated,
  transitGatewayId: notEmulated,
  vpcEndpointId: notEmulated,
  vpcPeeringConnectionId: notEmulated,
} as const;
