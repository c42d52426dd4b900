import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { notEmulated, text } from "../shape";
import { existing, newId, region } from "./common";

/** A subnet's route table, in place of its VPC's main one. It is imported as `SUBNETID/ROUTETABLEID`. */
export function routeTableAssociation(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.RouteTableAssociationArgs, ec2.RouteTableAssociation>({
    inputs: {
      gatewayId: notEmulated,
      region: region(cloud),
      routeTableId: text({ required: true }),
      subnetId: text({ required: true, replaces: true }),
    },
    create: async (config) => {
      checkSameVpc(config.subnetId ?? "", config.routeTableId);
      const other = store
        .all("routeTableAssociation")
        .find(([, row]) => row.config.subnetId === config.subnetId);
      if (other)
        throw new ServiceError(
          "Resource.AlreadyAssociated",
          `the specified association for route table ${config.routeTableId} conflicts with an existing association: ${other[0]} ties ${config.subnetId} to ${other[1].config.routeTableId}`,
        );
      const id = newId("rtbassoc");
      await cloud.add("routeTableAssociation", id, { config, facts: {} }, cloud.applyNetwork);
      return { id, state: describe(id) };
    },
    read: async (given) => {
      const [subnetId, routeTableId] = given.split("/");
      const found = store
        .all("routeTableAssociation")
        .find(
          ([id, { config }]) =>
            id === given || (config.subnetId === subnetId && config.routeTableId === routeTableId),
        );
      return found && { id: found[0], state: describe(found[0]) };
    },
    update: async (id, config) => {
      checkSameVpc(config.subnetId ?? "", config.routeTableId);
      await cloud.change("routeTableAssociation", id, { config, facts: {} }, cloud.applyNetwork);
      return describe(id);
    },
    delete: (id) => cloud.drop("routeTableAssociation", id, cloud.applyNetwork),
  });

  function checkSameVpc(subnetId: string, tableId: string): void {
    const subnet = existing(store.get("subnet", subnetId), "InvalidSubnetID.NotFound", "subnet", subnetId);
    const table = existing(
      store.get("routeTable", tableId),
      "InvalidRouteTableID.NotFound",
      "route table",
      tableId,
    );
    if (subnet.config.vpcId !== table.config.vpcId)
      throw new ServiceError(
        "InvalidParameterValue",
        `Route table ${tableId} and subnet ${subnetId} belong to different networks`,
      );
  }

  function describe(id: string) {
    const { config } = existing(
      store.get("routeTableAssociation", id),
      "InvalidAssociationID.NotFound",
      "route table association",
      id,
    );
    return {
      gatewayId: undefined,
      region: account.region,
      routeTableId: config.routeTableId,
      subnetId: config.subnetId,
    };
  }
}
