import { createHash } from "node:crypto";
import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { resource, ServiceError } from "../resource";
import { exactlyOneOf } from "../rules";
import { notEmulated, text } from "../shape";
import { cidrProblem } from "./cidr";
import { existing, region } from "./common";
import { ipv6CidrProblem } from "./ipv6";
import { checkGateway } from "./route-table";

/** One route in a table. It is imported as `ROUTETABLEID_DESTINATION`. */
export function route(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.RouteArgs, ec2.Route>({
    inputs: {
      carrierGatewayId: notEmulated,
      coreNetworkArn: notEmulated,
      destinationCidrBlock: text({ replaces: true, problem: cidrProblem }),
      destinationIpv6CidrBlock: text({ replaces: true, problem: ipv6CidrProblem }),
      destinationPrefixListId: notEmulated,
      egressOnlyGatewayId: notEmulated,
      gatewayId: text({ required: true }),
      localGatewayId: notEmulated,
      natGatewayId: notEmulated,
      networkInterfaceId: notEmulated,
      odbNetworkArn: notEmulated,
      region: region(cloud),
      routeTableId: text({ required: true, replaces: true }),
      transitGatewayId: notEmulated,
      vpcEndpointId: notEmulated,
      vpcPeeringConnectionId: notEmulated,
    },
    rules: (inputs) => exactlyOneOf(inputs, ["destinationCidrBlock", "destinationIpv6CidrBlock"]),
    create: async (config) => {
      checkTarget(config.routeTableId, config.gatewayId ?? "");
      const id = idOf(config.routeTableId, destinationOf(config));
      if (store.get("route", id))
        throw new ServiceError(
          "RouteAlreadyExists",
          `The route identified by ${destinationOf(config)} already exists in ${config.routeTableId}`,
        );
      await cloud.add("route", id, { config, facts: {} }, cloud.applyNetwork);
      return { id, state: describe(id) };
    },
    read: async (given) => {
      const [table = "", destination = ""] = given.split("_");
      const id = store.get("route", given) ? given : idOf(table, destination);
      return store.get("route", id) ? { id, state: describe(id) } : undefined;
    },
    update: async (id, config) => {
      checkTarget(config.routeTableId, config.gatewayId ?? "");
      await cloud.change("route", id, { config, facts: {} }, cloud.applyNetwork);
      return describe(id);
    },
    delete: (id) => cloud.drop("route", id, cloud.applyNetwork),
  });

  function checkTarget(tableId: string, gatewayId: string): void {
    const table = existing(
      store.get("routeTable", tableId),
      "InvalidRouteTableID.NotFound",
      "route table",
      tableId,
    );
    checkGateway(cloud, table.config.vpcId, gatewayId);
  }

  function describe(id: string) {
    const { config } = existing(store.get("route", id), "InvalidRoute.NotFound", "route", id);
    const gateway = store.get("internetGateway", config.gatewayId ?? "");
    return {
      carrierGatewayId: undefined,
      coreNetworkArn: undefined,
      destinationCidrBlock: config.destinationCidrBlock,
      destinationIpv6CidrBlock: config.destinationIpv6CidrBlock,
      destinationPrefixListId: undefined,
      egressOnlyGatewayId: undefined,
      gatewayId: config.gatewayId,
      instanceId: "",
      instanceOwnerId: "",
      localGatewayId: undefined,
      natGatewayId: undefined,
      networkInterfaceId: "",
      odbNetworkArn: undefined,
      origin: "CreateRoute",
      region: account.region,
      routeTableId: config.routeTableId,
      state: gateway ? "active" : "blackhole",
      transitGatewayId: undefined,
      vpcEndpointId: undefined,
      vpcPeeringConnectionId: undefined,
    };
  }
}

function destinationOf(config: Plain<ec2.RouteArgs>): string {
  return config.destinationCidrBlock ?? config.destinationIpv6CidrBlock ?? "";
}

/** As the real provider's: `r-`, the table and a number made from the destination. */
function idOf(tableId: string, destination: string): string {
  return `r-${tableId}${createHash("sha256").update(destination).digest().readUInt32BE()}`;
}
