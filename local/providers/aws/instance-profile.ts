import type * as iam from "@pulumi/aws/iam";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { notEmulated, text } from "../shape";
import { existing, newUniqueId, now, tagOutputs, tags } from "./common";
import { iamNameProblem, iamPathProblem } from "./iam-names";

/** What gives an instance a role. Its id is its name. */
export function instanceProfile(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<iam.InstanceProfileArgs, iam.InstanceProfile>({
    inputs: {
      name: text({ replaces: true, problem: iamNameProblem(128) }),
      namePrefix: notEmulated,
      path: text({ default: "/", replaces: true, problem: iamPathProblem }),
      role: text(),
      tags,
    },
    autoname: { property: "name" },
    create: async (config) => {
      const id = config.name ?? "";
      if (store.get("instanceProfile", id))
        throw new ServiceError(
          "EntityAlreadyExists",
          `Instance Profile ${id} already exists. Choose another name, or leave it out`,
        );
      checkRole(config.role);
      store.put("instanceProfile", id, { config, facts: { created: now(), uniqueId: newUniqueId("AIPA") } });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("instanceProfile", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      checkRole(config.role);
      store.put("instanceProfile", id, { config, facts: row(id).facts });
      return describe(id);
    },
    delete: async (id) => store.remove("instanceProfile", id),
  });

  function checkRole(name: string | undefined): void {
    if (name) existing(store.get("role", name), "NoSuchEntity", "role", name);
  }

  function row(id: string) {
    return existing(store.get("instanceProfile", id), "NoSuchEntity", "instance profile", id);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return {
      ...tagOutputs(config),
      arn: `arn:aws:iam::${account.id}:instance-profile${config.path}${id}`,
      createDate: facts.created,
      name: id,
      namePrefix: "",
      path: config.path,
      role: config.role,
      uniqueId: facts.uniqueId,
    };
  }
}
