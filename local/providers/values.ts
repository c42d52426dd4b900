/**
 * Pulumi's property values: JSON, and the kinds of value that JSON has no word for.
 * https://github.com/pulumi/pulumi/blob/master/developer-docs/architecture/deployment-schema.md
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | Properties
  | Unknown
  | Secret
  | Output
  | Asset
  | Archive
  | Reference;

export interface Properties {
  readonly [key: string]: Value;
}

/** A value that is not known before the update runs. */
export class Unknown {
  /** Keeps the type apart from every other object. */
  readonly kind = "unknown";
}

export const unknown = new Unknown();

export class Secret {
  constructor(readonly value: Value) {}
}

/** A value with what it depends on; unknown when there is no `value`. */
export class Output {
  constructor(
    readonly value: Value | undefined,
    readonly secret: boolean,
    readonly dependencies: readonly string[],
  ) {}
}

export type AssetSource = { readonly text: string } | { readonly path: string } | { readonly uri: string };

/** The engine leaves the source out where only the hash (SHA-256) matters. */
export class Asset {
  constructor(
    readonly hash: string,
    readonly source?: AssetSource,
  ) {}
}

export type ArchiveSource =
  | { readonly assets: Readonly<Record<string, Asset | Archive>> }
  | { readonly path: string }
  | { readonly uri: string };

export class Archive {
  constructor(
    readonly hash: string,
    readonly source?: ArchiveSource,
  ) {}
}

/** Another resource. The id is unknown, or absent for a component. */
export class Reference {
  constructor(
    readonly urn: string,
    readonly id?: string | Unknown,
    readonly packageVersion?: string,
  ) {}
}

export function isProperties(value: Value | undefined): value is Properties {
  return (
    typeof value === "object" &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value))
  );
}

/** Whether anything in the value is a secret. */
export function hasSecrets(value: Value | undefined): boolean {
  if (value instanceof Secret) return true;
  if (value instanceof Output) return value.secret || hasSecrets(value.value);
  return children(value).some(hasSecrets);
}

export function hasUnknowns(value: Value | undefined): boolean {
  return value instanceof Unknown || children(value).some(hasUnknowns);
}

/** The value without its wrappers: secrets and outputs opened, resources replaced by their ids. */
export function bare(value: Value): Value {
  if (value instanceof Secret) return bare(value.value);
  if (value instanceof Output) return value.value === undefined ? unknown : bare(value.value);
  if (value instanceof Reference) return value.id ?? value.urn;
  if (Array.isArray(value)) return value.map(bare);
  return isProperties(value) ? bareProperties(value) : value;
}

export function bareProperties(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, bare(value)]));
}

function children(value: Value | undefined): readonly Value[] {
  if (Array.isArray(value)) return value;
  return isProperties(value) ? Object.values(value) : [];
}
