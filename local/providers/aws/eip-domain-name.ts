import { setTimeout as wait } from "node:timers/promises";
import type { types } from "@pulumi/aws";
import type * as ec2 from "@pulumi/aws/ec2";
import { absolute, reverseName, reverseZone } from "../../record-sets";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { resource, ServiceError } from "../resource";
import { object, text } from "../shape";
import { existing, region } from "./common";

/** The reverse name of an Elastic IP. Its id is the allocation's. */
export function eipDomainName(cloud: Cloud) {
  const { store, account, world } = cloud;
  return resource<ec2.EipDomainNameArgs, ec2.EipDomainName>({
    inputs: {
      allocationId: text({ required: true, replaces: true }),
      domainName: text({ required: true, problem: domainNameProblem }),
      region: region(cloud),
      timeouts: object<types.input.ec2.EipDomainNameTimeouts>({
        create: duration,
        delete: duration,
        update: duration,
      }),
    },
    create: async (config) => {
      const address = addressOf(config.allocationId);
      const other = store.get("addressName", config.allocationId);
      if (other)
        throw new ServiceError(
          "InvalidParameterValue",
          `${config.allocationId} has the reverse name ${other.config.domainName} already; an address has one`,
        );
      await forwardRecord(config.domainName, address, patience(config.timeouts?.create));
      await cloud.add("addressName", config.allocationId, { config, facts: {} }, () => publish(address));
      return { id: config.allocationId, state: describe(config.allocationId) };
    },
    read: async (id) => (store.get("addressName", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      const address = addressOf(id);
      await forwardRecord(config.domainName, address, patience(config.timeouts?.update));
      await cloud.change("addressName", id, { config, facts: {} }, () => publish(address));
      return describe(id);
    },
    delete: async (id) => {
      const address = store.get("address", id)?.facts.publicIp;
      await cloud.drop("addressName", id, async () => {
        if (address) await publish(address);
      });
    },
  });

  function addressOf(allocationId: string): string {
    const row = store.get("address", allocationId);
    return existing(row, "InvalidAllocationID.NotFound", "allocation ID", allocationId).facts.publicIp;
  }

  function publish(address: string): Promise<void> {
    return cloud.publish(reverseZone(address), reverseName(address), "PTR");
  }

  /** A fresh A record may need a moment to be seen; without one EC2 refuses the name. */
  async function forwardRecord(name: string, address: string, milliseconds: number): Promise<void> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = await world.dns.resolve(name, "A").catch((): readonly string[] => []);
      if (found.includes(address)) return;
      if (Date.now() > deadline)
        throw new ServiceError(
          "InvalidParameterValue",
          `The domain name ${name} ${found.length ? `resolves to ${found.join(", ")}` : "does not resolve"}, not to ` +
            `${address}. Create its A record first, and let the EipDomainName depend on it`,
        );
      await wait(100);
    }
  }

  function describe(id: string) {
    const { config } = existing(
      store.get("addressName", id),
      "InvalidAllocationID.NotFound",
      "reverse name of",
      id,
    );
    return {
      allocationId: config.allocationId,
      domainName: config.domainName,
      ptrRecord: absolute(config.domainName),
      region: account.region,
      timeouts: config.timeouts as Plain<types.output.ec2.EipDomainNameTimeouts> | undefined,
    };
  }
}

const duration = text({
  problem: (value) => (durationPattern.test(value) ? undefined : 'is not a duration such as "30s" or "10m"'),
});
const durationPattern = /^(\d+)(s|m|h)$/;

/** Ten minutes with the real provider; here DNS answers at once or never will. */
const defaultPatience = 10_000;

function patience(timeout: string | undefined): number {
  const [, amount, unit] = durationPattern.exec(timeout ?? "") ?? [];
  if (!amount) return defaultPatience;
  return Number(amount) * ({ s: 1_000, m: 60_000, h: 3_600_000 }[unit ?? ""] ?? 0);
}

function domainNameProblem(name: string): string | undefined {
  const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  const valid = new RegExp(`^(${label}\\.)+${label}\\.?$`, "i").test(name) && name.length <= 253;
  return valid ? undefined : "is not a fully qualified host name such as mail.example.com";
}
