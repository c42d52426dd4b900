import type * as pulumi from "@pulumi/pulumi";
import type { Archive, Asset } from "./values";

/**
 * An SDK's argument type as it reaches a provider: promises and outputs resolved, resources replaced by their ids
 * (text, which is why they vanish from the union).
 */
export type Plain<T> =
  T extends Promise<infer U>
    ? Plain<U>
    : T extends pulumi.OutputInstance<infer U>
      ? Plain<U>
      : T extends pulumi.Resource
        ? never
        : T extends readonly (infer U)[]
          ? readonly Plain<U>[]
          : T extends object
            ? // The SDK's Asset and Archive show no members: every object would extend them.
              [keyof T] extends [never]
              ? Asset | Archive
              : { readonly [K in keyof T]: Plain<T[K]> }
            : T;

/** The outputs of an SDK's resource class, resolved. */
export type Outputs<R> = {
  readonly [K in keyof R as K extends "id" | "urn"
    ? never
    : R[K] extends pulumi.OutputInstance<unknown>
      ? K
      : never]: R[K] extends pulumi.OutputInstance<infer U> ? Plain<U> : never;
};
