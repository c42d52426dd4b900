import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { notEmulated, text } from "../shape";
import { arn, commonOutputs, existing, newId, region, tags } from "./common";
import { privateDnsName, publicDnsName, takePublicAddress } from "./public-pool";

/** An Elastic IP. Its id is the allocation's. */
export function eip(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.EipArgs, ec2.Eip>({
    inputs: {
      address: notEmulated,
      associateWithPrivateIp: notEmulated,
      customerOwnedIpv4Pool: notEmulated,
      domain: text({ computed: true, replaces: true, oneOf: ["vpc"] }),
      instance: notEmulated,
      ipamPoolId: notEmulated,
      networkBorderGroup: notEmulated,
      networkInterface: notEmulated,
      publicIpv4Pool: notEmulated,
      region: region(cloud),
      tags,
    },
    create: async (config) => {
      if (store.all("address").length >= quota)
        throw new ServiceError(
          "AddressLimitExceeded",
          `The maximum number of addresses has been reached: ${quota} a region. Release one, or ask AWS for a higher quota`,
        );
      const id = newId("eipalloc");
      await cloud.add(
        "address",
        id,
        { config, facts: { publicIp: takePublicAddress(cloud) } },
        cloud.applyNetwork,
      );
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("address", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      store.put("address", id, { config, facts: row(id).facts });
      return describe(id);
    },
    delete: async (id) => {
      const found = store.get("address", id);
      if (!found) return;
      const name = store.get("addressName", id)?.config.domainName;
      if (name)
        throw new ServiceError(
          "InvalidAddress.Locked",
          `The address ${found.facts.publicIp} (${id}) cannot be released because it has the reverse name ${name}. ` +
            "Remove its EipDomainName first; it should depend on the Eip",
        );
      const association = associationOf(id);
      if (association)
        throw new ServiceError(
          "InvalidIPAddress.InUse",
          `The address ${found.facts.publicIp} is in use by ${association[1].facts.instanceId}. Remove the EipAssociation first`,
        );
      await cloud.drop("address", id, cloud.applyNetwork);
    },
  });

  function row(id: string) {
    return existing(store.get("address", id), "InvalidAllocationID.NotFound", "allocation ID", id);
  }

  function associationOf(id: string) {
    return store.all("addressAssociation").find(([, { facts }]) => facts.allocationId === id);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    const [associationId = "", association] = associationOf(id) ?? [];
    const instance = store.get("instance", association?.facts.instanceId ?? "");
    const name = store.get("addressName", id)?.config.domainName;
    return {
      ...commonOutputs(cloud, config),
      address: undefined,
      allocationId: id,
      arn: arn(account, `elastic-ip/${id}`),
      associateWithPrivateIp: undefined,
      associationId,
      carrierIp: "",
      customerOwnedIp: "",
      customerOwnedIpv4Pool: undefined,
      domain: "vpc",
      instance: association?.facts.instanceId ?? "",
      ipamPoolId: "",
      networkBorderGroup: account.region,
      networkInterface: instance?.facts.networkInterfaceId ?? "",
      privateDns: instance ? privateDnsName(account.region, instance.facts.privateIp) : "",
      privateIp: instance?.facts.privateIp ?? "",
      ptrRecord: name ? `${name}.` : "",
      publicDns: publicDnsName(account.region, facts.publicIp),
      publicIp: facts.publicIp,
      publicIpv4Pool: "amazon",
    };
  }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-eips */
const quota = 5;
