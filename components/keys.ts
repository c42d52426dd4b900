import * as pulumi from "@pulumi/pulumi";
import { type KeyPolicy, type LiveKey, type PlannedKey, planKeys } from "../records";

/** A generation that was found in DNS, with the names of its records. */
export interface FoundKey {
  readonly generation: number;
  readonly createdOn: string;
}

/**
 * Which keys there are to be.
 * @param found one entry a record
 * @param records how many records each generation has; one that is not whole yet counts as new
 */
export function keysOf(policy: KeyPolicy, found: readonly FoundKey[], records: number): PlannedKey[] {
  const now = new Date();
  const generations = new Map<number, string[]>();
  for (const { generation, createdOn } of found)
    generations.set(generation, [...(generations.get(generation) ?? []), createdOn]);
  const live = [...generations].map(([generation, times]): LiveKey => {
    const since = new Date(Math.max(...times.map((time) => Date.parse(time))));
    return { generation, since: times.length < records ? now : since };
  });
  return planKeys(policy, live, now);
}

/** A value that is had once something else is done. */
export function after<T>(done: pulumi.Input<unknown>, value: pulumi.Output<T>): pulumi.Output<T> {
  return pulumi.all([value, done]).apply(([it]) => it as T) as pulumi.Output<T>;
}
