import type { Problem } from "./check";
import type { Outputs, Plain } from "./plain";
import type { NotEmulated, Property, Shape } from "./shape";
import type { Properties, Unknown } from "./values";

/**
 * One resource type of a package.
 * @typeParam Args the SDK's argument interface
 * @typeParam State the outputs, which name the inputs as the inputs do
 */
export interface ResourceType<Args, State> {
  readonly inputs: Shape<Args>;
  /** What is wrong between properties; any of them may still be unknown. */
  rules?(inputs: Draft<Args>): readonly Problem[];
  /** The input that Pulumi makes up from the resource's name when it is left out. */
  readonly autoname?: { readonly property: keyof Args & string; from?(name: string): string };
  /** Outputs that are secret whatever the inputs were. */
  readonly secrets?: readonly (keyof State & string)[];
  /** Outputs that any update may change. */
  readonly volatile?: readonly (keyof State & string)[];
  /** Outputs that this change of the inputs makes anew. */
  makesAnew?(inputs: Draft<Args>, state: State): readonly (keyof State & string)[];
  /** Inputs that replace only in the company of others, or from what they were. */
  replacesAlso?(inputs: Draft<Args>, state: State): readonly (keyof Args & string)[];
  /** The old one must be gone before the new one can be. */
  deletesFirst?(inputs: Draft<Args>): boolean;
  /** Differences that follow from the state alone, such as a certificate that is due for renewal. */
  due?(state: State): readonly (keyof State & string)[];

  create(inputs: Plain<Args>): Promise<Created<State>>;
  /** @returns undefined when the service no longer has it */
  read(id: string, state: Partial<State>): Promise<Found<State> | undefined>;
  /** Types that can only be replaced have none. */
  update?(id: string, inputs: Plain<Args>, state: State): Promise<State>;
  delete(id: string, state: State): Promise<void>;
}

export interface Created<State> {
  readonly id: string;
  readonly state: State;
}

/** The id may differ from the one asked for, which for an import may be of another form. */
export type Found<State> = Created<State>;

/** Inputs as a check sees them: anything may be missing or unknown. */
export type Draft<Args> = { readonly [K in keyof Args]?: Plain<Args[K]> | Unknown };

/** A resource type after its own types have done their work. */
export type Resource = Omit<ResourceType<Properties, Properties>, "inputs" | "autoname"> & {
  readonly inputs: Readonly<Record<string, Property | NotEmulated>>;
  readonly autoname?: { readonly property: string; from?(name: string): string };
};

/**
 * @typeParam Args the SDK's argument interface
 * @typeParam Class the SDK's resource class; every output of it must be there
 * @typeParam Hidden outputs of properties that are not emulated
 */
export function resource<Args, Class, Hidden extends keyof Class = never>(
  type: ResourceType<Args, Omit<Outputs<Class>, Hidden>>,
): Resource {
  return type as unknown as Resource;
}

/** A function of a package. */
export interface FunctionType<Args, Result> {
  readonly inputs: Shape<Args>;
  rules?(inputs: Draft<Args>): readonly Problem[];
  run(inputs: Plain<Args>): Promise<Result>;
}

export type Func = Omit<FunctionType<Properties, Properties>, "inputs"> & {
  readonly inputs: Readonly<Record<string, Property | NotEmulated>>;
};

export function func<Args, Result>(type: FunctionType<Args, Plain<Result>>): Func {
  return type as unknown as Func;
}

/** A provider package: what the engine calls a plugin. */
export interface Package {
  readonly name: string;
  /** The SDK's own version, so that the engine finds the plugin new enough. */
  readonly version: string;
  /** The provider's configuration. */
  readonly config: Readonly<Record<string, Property | NotEmulated>>;
  checkConfig?(config: Properties): readonly Problem[];
  /** The package as a provider with this configuration has it. @default the same for all */
  configured?(config: Properties): Package;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly functions: Readonly<Record<string, Func>>;
}

/** An error of a service. The message begins with the service's own code, then says what to do. */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = "ServiceError";
  }
}
