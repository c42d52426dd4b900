import { describe, expect, it } from "vitest";
import { checkShape } from "../../../../local/providers/check";
import {
  document,
  flag,
  integer,
  list,
  map,
  notEmulated,
  object,
  type Shape,
  text,
} from "../../../../local/providers/shape";
import { type Properties, unknown } from "../../../../local/providers/values";

interface Args {
  name: string;
  size?: number;
  enabled?: boolean;
  kind?: string;
  tags?: Record<string, string>;
  parts?: { port: number; label?: string }[];
  policy?: string;
  exotic?: string;
}

const shape: Shape<Args> = {
  name: text({ required: true }),
  size: integer({ min: 1, max: 10 }),
  enabled: flag({ default: true }),
  kind: text({ oneOf: ["a", "b"] }),
  tags: map(text()),
  parts: list(
    object<{ port: number; label?: string }>({ port: integer({ required: true }), label: text() }),
    { max: 2 },
  ),
  policy: document({ problem: (json) => (json.startsWith("{") ? undefined : "is not JSON") }),
  exotic: notEmulated,
};

function problems(inputs: Properties, hide?: string[]): string[] {
  return checkShape(shape, inputs, "pkg:Thing", new Set(hide)).problems.map(
    ({ property, reason }) => `${property}: ${reason}`,
  );
}

describe("inputs held against their shape", () => {
  it("come back with defaults filled in, nulls left out and documents as text", () => {
    const { inputs, problems } = checkShape(shape, { name: "x", size: null, policy: { a: 1 } }, "pkg:Thing");
    expect(problems).toEqual([]);
    expect(inputs).toEqual({ name: "x", enabled: true, policy: '{"a":1}' });
  });

  for (const [what, inputs, says] of [
    ["a missing property", {}, "name: is required and was not given"],
    ["a null in place of a required value", { name: null }, "name: is required and was not given"],
    [
      "an unknown property",
      { name: "x", siez: 1 },
      'siez: pkg:Thing has no such property; did you mean "size"?',
    ],
    ["one that resembles nothing", { name: "x", colour: 1 }, "colour: pkg:Thing has no such property"],
    ["a number as text", { name: "x", size: "3" }, 'size: "3" is not a number'],
    ["a fraction", { name: "x", size: 1.5 }, "size: 1.5 is not a whole number"],
    ["a number out of range", { name: "x", size: 11 }, "size: 11 is outside 1 to 10"],
    ["text that is no choice", { name: "x", kind: "c" }, 'kind: "c" is none of a, b'],
    ["text for a flag", { name: "x", enabled: "yes" }, 'enabled: "yes" is not true or false'],
    ["a list for a map", { name: "x", tags: [] }, "tags: [] is not an object"],
    ["a wrong value in a map", { name: "x", tags: { "a b": 1 } }, 'tags["a b"]: 1 is not text'],
    [
      "a list too long",
      { name: "x", parts: [{ port: 1 }, { port: 2 }, { port: 3 }] },
      "has 3 elements; 0 to 2 are allowed",
    ],
    [
      "a missing part",
      { name: "x", parts: [{ label: "l" }] },
      "parts[0].port: is required and was not given",
    ],
    [
      "an unknown part",
      { name: "x", parts: [{ port: 1, prot: 2 }] },
      'parts[0].prot: pkg:Thing has no such property; did you mean "port"?',
    ],
    [
      "what is not emulated",
      { name: "x", exotic: "y" },
      "exotic: the real pkg:Thing has this property, the local cloud does not emulate it",
    ],
    ["a name of Object's own", { name: "x", constructor: 1 }, "constructor: pkg:Thing has no such property"],
  ] as [string, Properties, string][])
    it(`refuse ${what}`, () => {
      const [first, ...more] = problems(inputs);
      expect(first).toContain(says);
      expect(more).toEqual([]);
    });

  it("pass every check while they are unknown", () => {
    expect(
      problems({ name: unknown, size: unknown, parts: [{ port: unknown }], tags: { a: unknown } }),
    ).toEqual([]);
  });

  it("are not repeated in a message when they are secret", () => {
    expect(problems({ name: "x", parts: [{ port: "hunter2" }] }, ["parts"])).toEqual([
      "parts[0].port: the secret value is not a number",
    ]);
  });
});
