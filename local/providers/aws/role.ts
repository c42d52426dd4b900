import type * as iam from "@pulumi/aws/iam";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { document, flag, integer, notEmulated, text } from "../shape";
import { existing, newUniqueId, now, tagOutputs, tags } from "./common";
import { iamNameProblem, iamPathProblem } from "./iam-names";
import { policyProblem } from "./policy-document";

/** An IAM role. Its id is its name. */
export function role(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<iam.RoleArgs, iam.Role>({
    inputs: {
      assumeRolePolicy: document({ required: true, problem: policyProblem("trust") }),
      description: text(),
      forceDetachPolicies: flag({ default: false }),
      inlinePolicies: notEmulated,
      managedPolicyArns: notEmulated,
      maxSessionDuration: integer({ default: 3600, min: 3600, max: 43_200 }),
      name: text({ replaces: true, problem: iamNameProblem(64) }),
      namePrefix: notEmulated,
      path: text({ default: "/", replaces: true, problem: iamPathProblem }),
      permissionsBoundary: notEmulated,
      tags,
    },
    autoname: { property: "name" },
    create: async (config) => {
      const id = config.name ?? "";
      if (store.get("role", id))
        throw new ServiceError(
          "EntityAlreadyExists",
          `Role with name ${id} already exists. Choose another name, or leave it out`,
        );
      store.put("role", id, { config, facts: { created: now(), uniqueId: newUniqueId("AROA") } });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("role", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      store.put("role", id, { config, facts: row(id).facts });
      return describe(id);
    },
    delete: async (id) => {
      const policies = store.all("rolePolicy").filter(([, { config }]) => config.role === id);
      const profiles = store.all("instanceProfile").filter(([, { config }]) => config.role === id);
      if (profiles.length)
        throw new ServiceError(
          "DeleteConflict",
          `Cannot delete entity, must remove roles from instance profile first: ${profiles.map(([name]) => name).join(", ")}`,
        );
      if (policies.length && !store.get("role", id)?.config.forceDetachPolicies)
        throw new ServiceError(
          "DeleteConflict",
          `Cannot delete entity, must delete policies first: ${policies.map(([name]) => name).join(", ")}`,
        );
      for (const [policy] of policies) store.remove("rolePolicy", policy);
      store.remove("role", id);
    },
  });

  function row(id: string) {
    return existing(store.get("role", id), "NoSuchEntity", "role", id);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return {
      ...tagOutputs(config),
      arn: `arn:aws:iam::${account.id}:role${config.path}${id}`,
      assumeRolePolicy: config.assumeRolePolicy as string,
      createDate: facts.created,
      description: config.description,
      forceDetachPolicies: config.forceDetachPolicies,
      inlinePolicies: [],
      managedPolicyArns: [],
      maxSessionDuration: config.maxSessionDuration,
      name: id,
      namePrefix: "",
      path: config.path,
      permissionsBoundary: undefined,
      uniqueId: facts.uniqueId,
    };
  }
}
