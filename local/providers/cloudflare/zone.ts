import type * as cloudflare from "@pulumi/cloudflare";
import type { types } from "@pulumi/cloudflare";
import { accountZones, zoneId } from "../../zones";
import { resource, ServiceError } from "../resource";
import { notEmulated, object, text } from "../shape";
import { isDomainName } from "./host-name";
import type { Scope } from "./scope";
import { zoneOutputs } from "./zone-outputs";

/** A DNS zone, delegated from its parent as soon as it is there. */
export function zone(cloud: Scope) {
  const { store, account, world } = cloud;
  return resource<cloudflare.ZoneArgs, cloudflare.Zone, "tenant" | "tenantUnit">({
    inputs: {
      account: object<types.input.ZoneAccount, true>(
        { id: text({ required: true, replaces: true }) },
        { required: true },
      ),
      name: text({ required: true, replaces: true, problem: zoneNameProblem }),
      paused: notEmulated,
      type: text({ computed: true, oneOf: ["full"] }),
      vanityNameServers: notEmulated,
    },
    create: async (config) => {
      const id = zoneId(config.name);
      if (accountZones(store, account).has(id))
        throw new ServiceError(
          "1061",
          `${config.name} already exists in the account. Import it, or refer to it with getZone`,
        );
      const facts = { created: new Date().toISOString(), account: cloud.label };
      await cloud.add("zone", id, { config, facts }, () => world.dns.createZone(config.name));
      return { id, state: describe(id) };
    },
    read: async (id) => (find(id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      const found = row(id);
      store.put("zone", id, { config, facts: found.facts });
      return describe(id);
    },
    delete: async (id) => {
      const found = find(id);
      if (!found) return;
      for (const [record, { config }] of store.all("dnsRecord"))
        if (config.zoneId === id) store.remove("dnsRecord", record);
      await world.dns.deleteZone(found.config.name);
      store.remove("zoneDnssec", id);
      store.remove("zone", id);
    },
  });

  function find(id: string) {
    const found = store.get("zone", id);
    if (found && found.facts.account !== cloud.label)
      throw new ServiceError("9109", `Unauthorized to access requested resource: ${id}`);
    return found;
  }

  function row(id: string) {
    const found = find(id);
    if (found) return found;
    throw new ServiceError("1001", `Invalid zone identifier ${id}: the account has no such zone`);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return { ...zoneOutputs(config.name, facts.created), account: { id: config.account.id } };
  }
}

function zoneNameProblem(name: string): string | undefined {
  return isDomainName(name) && name.includes(".") && name === name.toLowerCase() && !name.endsWith(".")
    ? undefined
    : "is not a domain in lower case such as example.com";
}
