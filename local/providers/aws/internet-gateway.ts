import type * as ec2 from "@pulumi/aws/ec2";
import { addressOf } from "../../topology";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { text } from "../shape";
import { arn, commonOutputs, existing, newId, region, tags } from "./common";

export function internetGateway(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.InternetGatewayArgs, ec2.InternetGateway>({
    inputs: { region: region(cloud), tags, vpcId: text({ computed: true }) },
    create: async (config) => {
      const id = newId("igw");
      if (config.vpcId) checkAttachable(id, config.vpcId);
      await cloud.add("internetGateway", id, { config, facts: {} }, cloud.applyNetwork);
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("internetGateway", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      const before = row(id).config.vpcId;
      if (config.vpcId !== before) {
        if (before) checkDetachable(before);
        if (config.vpcId) checkAttachable(id, config.vpcId);
      }
      await cloud.change("internetGateway", id, { config, facts: {} }, cloud.applyNetwork);
      return describe(id);
    },
    delete: async (id) => {
      const vpcId = store.get("internetGateway", id)?.config.vpcId;
      if (vpcId) checkDetachable(vpcId);
      await cloud.drop("internetGateway", id, cloud.applyNetwork);
    },
  });

  function row(id: string) {
    return existing(
      store.get("internetGateway", id),
      "InvalidInternetGatewayID.NotFound",
      "internet gateway",
      id,
    );
  }

  function checkAttachable(id: string, vpcId: string): void {
    existing(store.get("vpc", vpcId), "InvalidVpcID.NotFound", "vpc", vpcId);
    const other = store
      .all("internetGateway")
      .find(([gateway, { config }]) => gateway !== id && config.vpcId === vpcId);
    if (other)
      throw new ServiceError(
        "Resource.AlreadyAssociated",
        `resource ${other[0]} is already attached to network ${vpcId}; a VPC has one internet gateway`,
      );
  }

  function checkDetachable(vpcId: string): void {
    const mapped = store
      .all("instance")
      .filter(([instance, { facts }]) => inVpc(facts.subnetId, vpcId) && addressOf(store, instance));
    if (mapped.length)
      throw new ServiceError(
        "DependencyViolation",
        `Network ${vpcId} has some mapped public address(es): ${mapped.map(([instance]) => instance).join(", ")}. ` +
          "Please unmap those public address(es) before detaching the gateway; an Elastic IP's association should depend on the gateway",
      );
  }

  function inVpc(subnetId: string, vpcId: string): boolean {
    return store.get("subnet", subnetId)?.config.vpcId === vpcId;
  }

  function describe(id: string) {
    const { config } = row(id);
    return {
      ...commonOutputs(cloud, config),
      arn: arn(account, `internet-gateway/${id}`),
      ownerId: account.id,
      vpcId: config.vpcId ?? "",
    };
  }
}
