import type { Package } from "./resource";
import { type NotEmulated, notEmulated, type Property } from "./shape";

/**
 * The package's schema as far as the local cloud emulates it, for `pulumi import` and other tools that ask for it.
 * https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
export function schema(pkg: Package): object {
  return {
    name: pkg.name,
    version: pkg.version,
    config: {},
    provider: { type: "object" },
    resources: Object.fromEntries(
      Object.entries(pkg.resources).map(([token, type]) => [
        token,
        {
          type: "object",
          properties: properties(type.inputs),
          required: required(type.inputs),
          inputProperties: properties(type.inputs),
          requiredInputs: required(type.inputs),
        },
      ]),
    ),
    functions: Object.fromEntries(
      Object.entries(pkg.functions).map(([token, type]) => [
        token,
        { inputs: { type: "object", properties: properties(type.inputs), required: required(type.inputs) } },
      ]),
    ),
  };
}

type AnyShape = Readonly<Record<string, Property | NotEmulated>>;

function properties(shape: AnyShape): Record<string, object> {
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, property]) =>
      property === notEmulated ? [] : [[key, typeSpec(property)]],
    ),
  );
}

function required(shape: AnyShape): string[] {
  return Object.keys(shape).filter((key) => {
    const property = shape[key];
    return typeof property === "object" && property.required;
  });
}

function typeSpec(property: Property): object {
  switch (property.kind) {
    case "number":
      return { type: "integer" };
    case "flag":
      return { type: "boolean" };
    case "list":
      return { type: "array", items: part(property.of) };
    case "map":
      return { type: "object", additionalProperties: part(property.of) };
    case "object":
      return { $ref: "pulumi.json#/Any" };
    case "asset":
      return { $ref: "pulumi.json#/Asset" };
    default:
      return { type: "string" };
  }
}

function part(property: Property | NotEmulated | undefined): object {
  return typeof property === "object" ? typeSpec(property) : { $ref: "pulumi.json#/Any" };
}
