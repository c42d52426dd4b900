import { didYouMean } from "./nearest";
import { type NotEmulated, notEmulated, type Property } from "./shape";
import { Archive, Asset, isProperties, type Properties, Unknown, type Value } from "./values";

/** Something wrong with an input: which property, and why, ending in what is wanted. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}

type AnyShape = Readonly<Record<string, Property | NotEmulated>>;

/**
 * Holds inputs against their shape.
 * @param inputs without secrets and outputs; unknown values pass every check
 * @param hide top-level properties whose values must not appear in a message
 * @returns the inputs with defaults filled in and nulls left out, and all that is wrong with them
 */
export function checkShape(
  shape: AnyShape,
  inputs: Properties,
  subject: string,
  hide: ReadonlySet<string> = new Set(),
): { inputs: Properties; problems: Problem[] } {
  const problems: Problem[] = [];
  const checked = checkObject(shape, inputs, "", {
    report: (property, reason) => problems.push({ property, reason }),
    show: (property, value) =>
      hide.has(property.split(/[.[]/)[0] ?? "") ? "the secret value" : shown(value),
    subject,
  });
  return { inputs: checked, problems };
}

interface Report {
  report(property: string, reason: string): void;
  show(property: string, value: Value): string;
  readonly subject: string;
}

function checkObject(shape: AnyShape, inputs: Properties, path: string, to: Report): Properties {
  const given = Object.entries(inputs).filter(([, value]) => value !== null);
  const checked: Record<string, Value> = {};
  for (const [key, value] of given) {
    const property = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const at = path ? `${path}.${key}` : key;
    if (property === undefined)
      to.report(at, `${to.subject} has no such property${didYouMean(key, described(shape))}`);
    else if (property === notEmulated) to.report(at, notEmulatedReason(to.subject));
    else checked[key] = checkValue(property, value, at, to);
  }
  for (const [key, property] of Object.entries(shape)) {
    if (property === notEmulated || Object.hasOwn(checked, key)) continue;
    if (property.default !== undefined) checked[key] = property.default as Value;
    else if (property.required) to.report(path ? `${path}.${key}` : key, "is required and was not given");
  }
  return checked;
}

function checkValue(property: Property, value: Value, path: string, to: Report): Value {
  if (value instanceof Unknown) return value;
  const settled = property.kind === "document" && isProperties(value) ? JSON.stringify(value) : value;
  const wanted = mistyped(property, settled);
  if (wanted) {
    to.report(path, `${to.show(path, settled)} is not ${wanted}`);
    return settled;
  }
  const problem = (property.problem as ((value: Value) => string | undefined) | undefined)?.(settled);
  if (problem) to.report(path, `${to.show(path, settled)} ${problem}`);
  if (Array.isArray(settled))
    return settled.map((element, index) => checkPart(property, element, `${path}[${index}]`, to));
  if (!isProperties(settled)) return settled;
  if (property.shape) return checkObject(property.shape, settled, path, to);
  return Object.fromEntries(
    Object.entries(settled).map(([key, part]) => [
      key,
      checkPart(property, part, `${path}[${shown(key)}]`, to),
    ]),
  );
}

function checkPart(property: Property, part: Value, path: string, to: Report): Value {
  if (property.of !== notEmulated && property.of) return checkValue(property.of, part, path, to);
  to.report(path, notEmulatedReason(to.subject));
  return part;
}

function mistyped(property: Property, value: Value): string | undefined {
  switch (property.kind) {
    case "text":
    case "document":
      return typeof value === "string" ? undefined : "text";
    case "number":
      return typeof value === "number" ? undefined : "a number";
    case "flag":
      return typeof value === "boolean" ? undefined : "true or false";
    case "list":
      return Array.isArray(value) ? undefined : "a list";
    case "asset":
      return value instanceof Asset || value instanceof Archive ? undefined : "an asset";
    default:
      return isProperties(value) ? undefined : "an object";
  }
}

function notEmulatedReason(subject: string): string {
  return `the real ${subject} has this property, the local cloud does not emulate it; leave it out, or deploy to the real cloud`;
}

function described(shape: AnyShape): string[] {
  return Object.entries(shape).flatMap(([key, property]) => (property === notEmulated ? [] : key));
}

function shown(value: Value): string {
  const json = JSON.stringify(value) ?? "the value";
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
