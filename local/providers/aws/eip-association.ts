import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { flag, notEmulated, text } from "../shape";
import { existing, newId, region } from "./common";

/** The tie between an Elastic IP and an instance. A launch address of the instance is given up for it. */
export function eipAssociation(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.EipAssociationArgs, ec2.EipAssociation>({
    inputs: {
      allocationId: text({ required: true, replaces: true }),
      allowReassociation: flag({ replaces: true }),
      instanceId: text({ required: true, replaces: true }),
      networkInterfaceId: notEmulated,
      privateIpAddress: notEmulated,
      publicIp: notEmulated,
      region: region(cloud),
    },
    create: async (config) => {
      const { allocationId = "", instanceId = "" } = config;
      existing(
        store.get("address", allocationId),
        "InvalidAllocationID.NotFound",
        "allocation ID",
        allocationId,
      );
      const instance = existing(
        store.get("instance", instanceId),
        "InvalidInstanceID.NotFound",
        "instance",
        instanceId,
      );
      checkGateway(instance.facts.subnetId);
      const others = store
        .all("addressAssociation")
        .filter(([, { facts }]) => facts.allocationId === allocationId || facts.instanceId === instanceId);
      if (others.length && config.allowReassociation === false)
        throw new ServiceError(
          "Resource.AlreadyAssociated",
          `resource ${allocationId} is already associated with ${others.map(([other]) => other).join(", ")}. ` +
            "Remove that association first, or leave allowReassociation out",
        );
      // Reassociation takes the address away from its holder, and the holder's own one.
      for (const [other] of others) store.remove("addressAssociation", other);
      const { launchIp, ...facts } = instance.facts;
      if (launchIp) store.put("instance", instanceId, { config: instance.config, facts });
      const id = newId("eipassoc");
      const row = { config, facts: { allocationId, instanceId } };
      await cloud.add("addressAssociation", id, row, cloud.applyNetwork);
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("addressAssociation", id) ? { id, state: describe(id) } : undefined),
    delete: (id) => cloud.drop("addressAssociation", id, cloud.applyNetwork),
  });

  function checkGateway(subnetId: string): void {
    const vpcId = store.get("subnet", subnetId)?.config.vpcId;
    const attached = store.all("internetGateway").some(([, { config }]) => config.vpcId === vpcId);
    if (attached) return;
    throw new ServiceError(
      "Gateway.NotAttached",
      `Network ${vpcId} is not attached to any internet gateway. Declare an InternetGateway and let the association depend on it`,
    );
  }

  function describe(id: string) {
    const { config, facts } = existing(
      store.get("addressAssociation", id),
      "InvalidAssociationID.NotFound",
      "association ID",
      id,
    );
    const instance = store.get("instance", facts.instanceId)?.facts;
    return {
      allocationId: facts.allocationId,
      allowReassociation: config.allowReassociation,
      instanceId: facts.instanceId,
      networkInterfaceId: instance?.networkInterfaceId ?? "",
      privateIpAddress: instance?.privateIp ?? "",
      publicIp: store.get("address", facts.allocationId)?.facts.publicIp ?? "",
      region: account.region,
    };
  }
}
