import fc from "fast-check";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, it } from "vitest";
import { marshal, unmarshal } from "../../../../local/providers/marshal";
import {
  Archive,
  Asset,
  bareProperties,
  hasSecrets,
  hasUnknowns,
  Output,
  type Properties,
  Reference,
  Secret,
  unknown,
  type Value,
} from "../../../../local/providers/values";

const text = fc.string({ unit: "grapheme" });
/** google-protobuf's maps can't hold `__proto__`; the SDK, which has the same maps, never sends it. */
const key = text.filter((name) => name !== "__proto__");
const source = <K extends string>(kind: K) =>
  fc.string({ minLength: 1 }).map((value) => ({ [kind]: value }) as Record<K, string>);
const asset = fc
  .tuple(text, fc.oneof(source("text"), source("path"), source("uri")))
  .map(([hash, from]) => new Asset(hash, from));

const { value: values, properties } = fc.letrec<{ value: Value; properties: Properties }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    text,
    fc.constant(unknown),
    asset,
    fc.tuple(text, source("path")).map(([hash, from]) => new Archive(hash, from)),
    fc
      .tuple(text, fc.oneof(text.filter(Boolean), fc.constant(unknown), fc.constant(undefined)))
      .map(([urn, id]) => new Reference(urn, id)),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("properties"),
    tie("value").map((value) => new Secret(value)),
    fc
      .tuple(fc.option(tie("value"), { nil: undefined }), fc.boolean(), fc.array(text, { maxLength: 2 }))
      .map((parts) => new Output(...parts)),
  ),
  properties: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

/** Through the bytes, as between two processes. */
function travel(sent: Properties): Properties {
  return unmarshal(struct.Struct.deserializeBinary(marshal(sent).serializeBinary()));
}

describe("property values over the provider protocol", () => {
  it("arrive as they were sent, whatever they are made of", () => {
    fc.assert(
      fc.property(properties, (sent) => {
        expect(travel(sent)).toEqual(sent);
      }),
    );
  });

  it("lose their wrappers and nothing else when they are laid bare", () => {
    fc.assert(
      fc.property(properties, (sent) => {
        const bare = bareProperties(sent);
        expect(hasSecrets(bare)).toBe(false);
        expect(bareProperties(bare)).toEqual(bare);
      }),
    );
  });

  it("tell whether a secret or an unknown value is in them, however deep", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(hasSecrets({ a: [{ b: new Secret(value) }] })).toBe(true);
        expect(hasUnknowns({ a: [{ b: unknown }, value] })).toBe(true);
      }),
    );
  });

  it("leave out what is undefined", () => {
    expect(travel({ a: undefined, b: 1 } as never)).toEqual({ b: 1 });
  });

  it("are unknown by each of the engine's sentinels", () => {
    const message = new struct.Struct();
    message
      .getFieldsMap()
      .set("flag", new struct.Value().setStringValue("1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"));
    expect(unmarshal(message)).toEqual({ flag: unknown });
  });

  it("with a signature from a later version of the protocol are an error", () => {
    const signed = { a: { "4dabf18193072939515e22adb298388d": "something new" } };
    expect(() => travel(signed)).toThrow("has the signature something new");
  });
});
