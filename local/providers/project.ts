import { type NotEmulated, notEmulated, type Property } from "./shape";
import { isProperties, type Properties, type Value } from "./values";

type AnyShape = Readonly<Record<string, Property | NotEmulated>>;

/** The inputs that would give the state, in the words of the last inputs: what they did not say stays unsaid. */
export function project(shape: AnyShape, inputs: Properties, state: Properties): Properties {
  const said = Object.keys(inputs).filter((key) => state[key] !== undefined && state[key] !== null);
  return Object.fromEntries(
    said.map((key) => [key, projectValue(shape[key], inputs[key] ?? null, state[key] ?? null)]),
  );
}

function projectValue(property: Property | NotEmulated | undefined, input: Value, state: Value): Value {
  if (typeof property !== "object") return state;
  if (property.shape && isProperties(input) && isProperties(state))
    return project(property.shape, input, state);
  if (
    property.kind === "list" &&
    Array.isArray(input) &&
    Array.isArray(state) &&
    input.length === state.length
  )
    return state.map((element, index) => projectValue(property.of, input[index] ?? null, element));
  if (property.same && typeof input === "string" && typeof state === "string" && property.same(input, state))
    return input;
  return state;
}

/** For an import, which has no inputs yet: all that differ from what leaving them out would give. */
export function settledInputs(shape: AnyShape, state: Properties): Properties {
  const told = Object.entries(shape).flatMap(([key, property]) => {
    const value = state[key];
    if (property === notEmulated || value === undefined || value === null || empty(value)) return [];
    return !property.required && property.default === value ? [] : [[key, value] as const];
  });
  return Object.fromEntries(told);
}

function empty(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === "" || value === false || (isProperties(value) && Object.keys(value).length === 0);
}
