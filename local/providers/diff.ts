import { type NotEmulated, notEmulated, type Property } from "./shape";
import { Archive, Asset, hasUnknowns, isProperties, type Properties, type Value } from "./values";

export interface Difference {
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

type AnyShape = Readonly<Record<string, Property | NotEmulated>>;

/**
 * What a change of the inputs would change, by property path.
 *
 * New inputs are held against the state, which is what the service has by now: what it turned into something else
 * (a normalised record, say) shows as a difference at every update, as with the real provider.
 * @param state the resource's outputs, which name inputs as the inputs do
 */
export function diffShape(
  shape: AnyShape,
  inputs: { readonly old: Properties; readonly new: Properties },
  state: Properties,
): Map<string, Difference> {
  const differences = new Map<string, Difference>();
  diffObject(shape, inputs.old, inputs.new, state, "", false, differences);
  return differences;
}

function diffObject(
  shape: AnyShape,
  before: Properties,
  after: Properties,
  state: Properties,
  path: string,
  replaces: boolean,
  found: Map<string, Difference>,
): void {
  for (const [key, property] of Object.entries(shape)) {
    if (property === notEmulated) continue;
    const at = path ? `${path}.${key}` : key;
    const replacing = replaces || property.replaces;
    if (after[key] === undefined || after[key] === null) {
      const gone = before[key] !== undefined && before[key] !== null && !property.computed;
      if (gone) found.set(at, { kind: "delete", replaces: replacing });
      continue;
    }
    diffValue(property, before[key], after[key], state[key], at, replacing, found);
  }
}

function diffValue(
  property: Property,
  before: Value | undefined,
  after: Value,
  state: Value | undefined,
  path: string,
  replaces: boolean,
  found: Map<string, Difference>,
): void {
  if (property.kind === "object" && property.shape && isProperties(after) && isProperties(state)) {
    diffObject(property.shape, isProperties(before) ? before : {}, after, state, path, replaces, found);
    return;
  }
  if (property.kind === "map" && isProperties(after) && isProperties(state)) {
    for (const key of new Set([...Object.keys(after), ...Object.keys(state)]))
      diffLeaf(property.of, after[key], state[key], `${path}${member(key)}`, replaces, found);
    return;
  }
  if (property.kind === "list" && !property.unordered && Array.isArray(after) && Array.isArray(state)) {
    for (let index = 0; index < Math.max(after.length, state.length); index++)
      diffElement(property, before, after[index], state[index], `${path}[${index}]`, index, replaces, found);
    return;
  }
  diffLeaf(property, after, state, path, replaces, found);
}

function diffElement(
  property: Property,
  before: Value | undefined,
  after: Value | undefined,
  state: Value | undefined,
  path: string,
  index: number,
  replaces: boolean,
  found: Map<string, Difference>,
): void {
  if (after === undefined || state === undefined || property.of === notEmulated || !property.of)
    diffLeaf(property.of, after, state, path, replaces, found);
  else
    diffValue(
      property.of,
      Array.isArray(before) ? before[index] : undefined,
      after,
      state,
      path,
      replaces,
      found,
    );
}

function diffLeaf(
  property: Property | NotEmulated | undefined,
  after: Value | undefined,
  state: Value | undefined,
  path: string,
  replaces: boolean,
  found: Map<string, Difference>,
): void {
  if (after === undefined) found.set(path, { kind: "delete", replaces });
  else if (state === undefined || state === null) found.set(path, { kind: "add", replaces });
  else if (hasUnknowns(after) || !equal(property, after, state))
    found.set(path, { kind: "update", replaces });
}

function equal(property: Property | NotEmulated | undefined, a: Value, b: Value): boolean {
  if ((a instanceof Asset || a instanceof Archive) && (b instanceof Asset || b instanceof Archive))
    return a.hash === b.hash;
  if (property !== notEmulated && property?.same && typeof a === "string" && typeof b === "string")
    return property.same(a, b);
  if (property !== notEmulated && property?.unordered && Array.isArray(a) && Array.isArray(b))
    return canonical([...a].map(canonical).sort()) === canonical([...b].map(canonical).sort());
  return canonical(a) === canonical(b);
}

/** JSON with the keys in order. */
function canonical(value: Value): string {
  return JSON.stringify(value, (_, part: Value) =>
    isProperties(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** A map's key in a property path. */
function member(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `["${key.replaceAll('"', '\\"')}"]`;
}
