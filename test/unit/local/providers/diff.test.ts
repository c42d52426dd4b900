import { describe, expect, it } from "vitest";
import { diffShape } from "../../../../local/providers/diff";
import { project, settledInputs } from "../../../../local/providers/project";
import { document, flag, list, map, object, text } from "../../../../local/providers/shape";
import { type Properties, unknown } from "../../../../local/providers/values";

const shape = {
  name: text({ required: true, replaces: true }),
  note: text(),
  zone: text({ computed: true, replaces: true }),
  tags: map(text()),
  groups: list(text(), { unordered: true }),
  order: list(text()),
  options: object<{ hops?: string; disk?: string }>({
    hops: text({ computed: true }),
    disk: text({ replaces: true }),
  }),
  policy: document(),
  fast: flag({ default: false }),
};

const state: Properties = {
  name: "n",
  note: "hello",
  zone: "a",
  tags: { x: "1" },
  groups: ["g1", "g2"],
  order: ["o1", "o2"],
  options: { hops: "2", disk: "big" },
  policy: '{"a":1,"b":2}',
  fast: false,
};

function diff(old: Properties, changed: Properties): Record<string, string> {
  const found = diffShape(shape, { old, new: changed }, state);
  return Object.fromEntries(
    [...found].map(([path, { kind, replaces }]) => [path, replaces ? `${kind}-replace` : kind]),
  );
}

describe("a difference of inputs", () => {
  for (const [what, old, changed, expected] of [
    ["nothing, for the same inputs", { name: "n", note: "hello" }, { name: "n", note: "hello" }, {}],
    ["an update in place", { note: "hello" }, { note: "bye" }, { note: "update" }],
    ["a replacement", { name: "n" }, { name: "m" }, { name: "update-replace" }],
    ["a deletion", { note: "hello" }, {}, { note: "delete" }],
    ["nothing, for leaving out what the service decides", { zone: "a" }, {}, {}],
    ["a tag more, one changed, one gone", {}, { tags: { y: "2" } }, { "tags.x": "delete", "tags.y": "add" }],
    ["nothing, for another order where order means nothing", {}, { groups: ["g2", "g1"] }, {}],
    [
      "the elements, where order means something",
      {},
      { order: ["o2"] },
      { "order[0]": "update", "order[1]": "delete" },
    ],
    [
      "a part of an object that replaces",
      {},
      { options: { disk: "small" } },
      { "options.disk": "update-replace" },
    ],
    ["nothing, for parts left to the service", { options: { hops: "2" } }, { options: {} }, {}],
    ["nothing, for the same JSON written otherwise", {}, { policy: '{ "a": 1, "b": 2 }' }, {}],
    ["an update, for what is not known yet", {}, { note: unknown }, { note: "update" }],
    [
      "a replacement, for what is not known yet and replaces",
      {},
      { name: unknown },
      { name: "update-replace" },
    ],
  ] as [string, Properties, Properties, Record<string, string>][])
    it(`is ${what}`, () => expect(diff(old, changed)).toEqual(expected));

  it("is seen against the state, so that a service that keeps something else drifts", () => {
    expect(diff({ note: "Hello" }, { note: "Hello" })).toEqual({ note: "update" });
  });
});

describe("the inputs that a refresh finds", () => {
  it("speak of what the last inputs spoke of, with the values of now", () => {
    const inputs = { name: "old", options: { hops: "1" }, policy: '{"a":1, "b":2}', tags: { z: "0" } };
    expect(project(shape, inputs, state)).toEqual({
      name: "n",
      options: { hops: "2" },
      policy: '{"a":1, "b":2}',
      tags: { x: "1" },
    });
  });

  it("of an import are all that differ from their defaults", () => {
    const { fast, ...told } = state;
    expect(settledInputs(shape, state)).toEqual(told);
    expect(settledInputs(shape, { ...state, fast: true, tags: {}, note: "" })).not.toHaveProperty("note");
  });
});
