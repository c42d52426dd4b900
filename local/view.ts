import type { Store } from "./store";
import { addressOf } from "./topology";
import type { Account, CloudView, InstanceView, PolicyDocument } from "./world";

/** What the metadata service and the object storage may know of the cloud, read from the store at every call. */
export function cloudView(store: Store, account: Account): CloudView {
  return {
    instanceByPrivateIp: (privateIp) => {
      const found = store.all("instance").find(([, { facts }]) => facts.privateIp === privateIp);
      return found && instanceView(store, account, found[0]);
    },
    rolePolicies: (role) =>
      store
        .all("rolePolicy")
        .filter(([, { config }]) => config.role === role)
        .map(([, { config }]) => document(config.policy)),
    bucketPolicy: (bucket) => {
      const policy = store.get("bucketPolicy", bucket)?.config.policy;
      return policy === undefined ? undefined : document(policy);
    },
    bucketRegion: (bucket) => store.get("bucket", bucket) && account.region,
  };
}

function instanceView(store: Store, account: Account, instanceId: string): InstanceView | undefined {
  const instance = store.get("instance", instanceId);
  const subnet = instance && store.get("subnet", instance.facts.subnetId);
  const vpc = subnet && store.get("vpc", subnet.config.vpcId);
  if (!vpc) return undefined;
  const { config, facts } = instance;
  const options = config.metadataOptions;
  const { ipv6Address } = facts;
  return {
    instanceId,
    imageId: config.ami ?? "",
    instanceType: config.instanceType ?? "",
    region: account.region,
    availabilityZone: subnet.facts.availabilityZone,
    accountId: account.id,
    privateIp: facts.privateIp,
    publicIp: addressOf(store, instanceId),
    mac: facts.mac,
    subnetId: facts.subnetId,
    subnetCidr: subnet.facts.cidr,
    vpcId: subnet.config.vpcId,
    vpcCidr: vpc.facts.cidr,
    ipv6: ipv6Address
      ? {
          address: ipv6Address,
          subnetCidr: subnet.facts.ipv6?.cidr ?? "",
          vpcCidr: vpc.facts.ipv6?.cidr ?? "",
        }
      : undefined,
    securityGroups: facts.securityGroups.map((id) => store.get("securityGroup", id)?.facts.name ?? id),
    userData: userData(config),
    metadata: {
      enabled: options?.httpEndpoint !== "disabled",
      tokensRequired: options?.httpTokens === "required",
      hopLimit: options?.httpPutResponseHopLimit ?? 1,
    },
    role: role(store, account, config.iamInstanceProfile),
  };
}

function userData(config: { userData?: string; userDataBase64?: string }): Buffer | undefined {
  if (config.userDataBase64 !== undefined) return Buffer.from(config.userDataBase64, "base64");
  return config.userData === undefined ? undefined : Buffer.from(config.userData);
}

function role(store: Store, account: Account, profile: string | undefined): InstanceView["role"] {
  const held = store.get("instanceProfile", profile ?? "")?.config;
  const name = held?.role;
  const trust = name && store.get("role", name)?.config.assumeRolePolicy;
  // EC2 can hand out credentials only of a role that trusts it.
  if (!trust || !JSON.stringify(trust).includes("ec2.amazonaws.com")) return undefined;
  return { name, profileArn: `arn:aws:iam::${account.id}:instance-profile${held.path ?? "/"}${profile}` };
}

/** Policies are checked when they are declared, so what the store holds is valid. */
function document(policy: string | object): PolicyDocument {
  const parsed = (typeof policy === "string" ? JSON.parse(policy) : policy) as PolicyDocument;
  return { ...parsed, Statement: [parsed.Statement].flat() };
}
