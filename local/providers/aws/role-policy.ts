import type * as iam from "@pulumi/aws/iam";
import type { Cloud } from "../cloud";
import { resource } from "../resource";
import { document, notEmulated, text } from "../shape";
import { existing } from "./common";
import { iamNameProblem } from "./iam-names";
import { policyProblem } from "./policy-document";

/** A policy inside a role. Its id is `ROLE:NAME`. */
export function rolePolicy(cloud: Cloud) {
  const { store } = cloud;
  return resource<iam.RolePolicyArgs, iam.RolePolicy>({
    inputs: {
      name: text({ replaces: true, problem: iamNameProblem(128) }),
      namePrefix: notEmulated,
      policy: document({ required: true, problem: policyProblem("identity") }),
      role: text({ required: true, replaces: true }),
    },
    autoname: { property: "name" },
    create: async (config) => {
      existing(store.get("role", config.role), "NoSuchEntity", "role", config.role);
      const name = config.name ?? "";
      const id = `${config.role}:${name}`;
      store.put("rolePolicy", id, { config, facts: { name } });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("rolePolicy", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      store.put("rolePolicy", id, { config, facts: row(id).facts });
      return describe(id);
    },
    delete: async (id) => store.remove("rolePolicy", id),
  });

  function row(id: string) {
    return existing(store.get("rolePolicy", id), "NoSuchEntity", "role policy", id);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return { name: facts.name, namePrefix: "", policy: config.policy as string, role: config.role };
  }
}
