import type { Plain } from "./plain";
import type { Archive, Asset } from "./values";

/**
 * The input properties of a resource or function. Every property that the SDK knows must be here: described, or
 * listed as one that the local cloud does not emulate. A new SDK version with a new property does not compile until
 * somebody has decided about it.
 */
export type Shape<Args> = { readonly [K in keyof Args]-?: Slot<Args, K> };

type Slot<Args, K extends keyof Args> = undefined extends Args[K]
  ? Property<Exclude<Plain<Args[K]>, undefined>> | NotEmulated
  : Property<Plain<Args[K]>, true>;

/** One property: its type, and what a change of it means. */
export interface Property<T = unknown, Required extends boolean = boolean> {
  readonly kind: Kind;
  readonly required: Required;
  /** A change can't be made in place. */
  readonly replaces: boolean;
  /** The service decides when it is left out; leaving it out later changes nothing. */
  readonly computed: boolean;
  /** @returns what is wrong with a value of the right type, ending in what is wanted */
  readonly problem?: (value: never) => string | undefined;
  /** Elements of a list or values of a map. */
  readonly of?: Property | NotEmulated;
  /** Properties of an object. */
  readonly shape?: Readonly<Record<string, Property | NotEmulated>>;
  /** The order of the list means nothing. */
  readonly unordered?: boolean;
  /** Two texts that mean the same. */
  readonly same?: (a: string, b: string) => boolean;
  readonly default?: T;
}

export type Kind = "text" | "number" | "flag" | "list" | "map" | "object" | "document" | "asset";

/** The real provider has the property, the local cloud does not: giving it is an error of its own. */
export type NotEmulated = "not emulated";
export const notEmulated: NotEmulated = "not emulated";

interface Options<Required extends boolean, T> {
  readonly required?: Required;
  readonly replaces?: boolean;
  readonly computed?: boolean;
  /** Filled in by the provider when it is left out. */
  readonly default?: T;
}

interface TextOptions<Required extends boolean> extends Options<Required, string> {
  readonly oneOf?: readonly string[];
  readonly problem?: (text: string) => string | undefined;
  readonly same?: (a: string, b: string) => boolean;
}

export function text<R extends boolean = false>(options: TextOptions<R> = {}): Property<string, R> {
  const { oneOf, problem } = options;
  const choice = (value: string): string | undefined =>
    oneOf && !oneOf.includes(value) ? `is none of ${oneOf.join(", ")}` : undefined;
  return {
    ...common("text", options),
    same: options.same,
    problem: (value: string) => choice(value) ?? problem?.(value),
  };
}

interface NumberOptions<Required extends boolean> extends Options<Required, number> {
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly number[];
  readonly problem?: (value: number) => string | undefined;
}

/** A whole number, as all numbers of the emulated types are. */
export function integer<R extends boolean = false>(options: NumberOptions<R> = {}): Property<number, R> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, oneOf, problem } = options;
  return {
    ...common("number", options),
    problem: (value: number) => {
      if (!Number.isInteger(value)) return "is not a whole number";
      if (oneOf && !oneOf.includes(value)) return `is none of ${oneOf.join(", ")}`;
      if (value < min || value > max) return `is outside ${min} to ${max}`;
      return problem?.(value);
    },
  };
}

export function flag<R extends boolean = false>(options: Options<R, boolean> = {}): Property<boolean, R> {
  return common("flag", options);
}

interface ListOptions<Required extends boolean, T> extends Options<Required, readonly T[]> {
  readonly min?: number;
  readonly max?: number;
  readonly unordered?: boolean;
}

export function list<T, R extends boolean = false>(
  of: Property<T> | NotEmulated,
  options: ListOptions<R, T> = {},
): Property<readonly T[], R> {
  const { min = 0, max = Number.POSITIVE_INFINITY } = options;
  return {
    ...common<readonly T[], R>("list", options),
    of,
    unordered: options.unordered,
    problem: (value: readonly unknown[]) =>
      value.length < min || value.length > max
        ? `has ${value.length} elements; ${max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`} are allowed`
        : undefined,
  };
}

export function map<R extends boolean = false>(
  of: Property<string>,
  options: Options<R, Readonly<Record<string, string>>> = {},
): Property<Readonly<Record<string, string>>, R> {
  return { ...common("map", options), of };
}

export function object<Args, R extends boolean = false>(
  shape: Shape<Args>,
  options: Options<R, Plain<Args>> = {},
): Property<Plain<Args>, R> {
  return { ...common<Plain<Args>, R>("object", options), shape };
}

/** A JSON document, given as text or as an object that is turned into text. */
export function document<R extends boolean = false>(options: TextOptions<R> = {}): Property<string, R> {
  return { ...common("document", options), problem: options.problem, same: sameJson };
}

export function asset<R extends boolean = false>(
  options: Options<R, never> = {},
): Property<Asset | Archive, R> {
  return common("asset", options);
}

function common<T, R extends boolean>(kind: Kind, options: Options<R, T>): Property<T, R> {
  return {
    kind,
    required: (options.required ?? false) as R,
    replaces: options.replaces ?? false,
    computed: options.computed ?? false,
    default: options.default,
  };
}

function sameJson(a: string, b: string): boolean {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return a === b;
  }
}
