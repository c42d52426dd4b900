import { dirname, resolve } from "node:path";
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import type { TestCloud } from "./cloud";

/** A stack of a program that is a function of the test. */
export async function stackOf(cloud: TestCloud, program: PulumiFn, name = "test"): Promise<Stack> {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name, projectName: "engine", program },
    {
      // The CLI lies in ROOT/bin.
      pulumiCommand: await PulumiCommand.get({ root: resolve(dirname(cloud.cli), "..") }),
      envVars: cloud.env,
      pulumiHome: cloud.env.PULUMI_HOME,
    },
  );
  await stack.setConfig("aws:region", { value: cloud.account.region });
  return stack;
}

/** How many resources of an update were created, updated, replaced, deleted; what stays the same is left out. */
export function changesOf(result: {
  readonly summary: { readonly resourceChanges?: object };
}): Record<string, number> {
  const changes = { ...result.summary.resourceChanges } as Record<string, number>;
  delete changes.same;
  return changes;
}

/** The error that an operation ends with. */
export async function failure(operation: Promise<unknown>): Promise<string> {
  return operation.then(
    () => {
      throw new Error("the operation succeeded");
    },
    (error: Error) => error.message,
  );
}
