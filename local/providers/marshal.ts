import struct from "google-protobuf/google/protobuf/struct_pb.js";
import {
  Archive,
  type ArchiveSource,
  Asset,
  type AssetSource,
  isProperties,
  Output,
  type Properties,
  Reference,
  Secret,
  Unknown,
  unknown,
  type Value,
} from "./values";

/** Property values as they travel over the provider protocol; what is undefined is left out, as in JSON. */
export function marshal(properties: Partial<Properties>): struct.Struct {
  const message = new struct.Struct();
  for (const [key, value] of Object.entries(properties))
    if (value !== undefined) message.getFieldsMap().set(key, encode(value));
  return message;
}

/** @throws on a signature that this version of the protocol does not have */
export function unmarshal(message: struct.Struct | undefined): Properties {
  return Object.fromEntries(fields(message).map(([key, value]) => [key, decode(value)]));
}

function encode(value: Value): struct.Value {
  const message = new struct.Value();
  if (value === null) message.setNullValue(struct.NullValue.NULL_VALUE);
  else if (typeof value === "boolean") message.setBoolValue(value);
  else if (typeof value === "number") message.setNumberValue(value);
  else if (typeof value === "string") message.setStringValue(value);
  else if (value instanceof Unknown) message.setStringValue(unknownText);
  else if (Array.isArray(value))
    message.setListValue(new struct.ListValue().setValuesList(value.map(encode)));
  else message.setStructValue(marshal(isProperties(value) ? value : signed(value as Signed)));
  return message;
}

function decode(message: struct.Value): Value {
  switch (message.getKindCase()) {
    case struct.Value.KindCase.BOOL_VALUE:
      return message.getBoolValue();
    case struct.Value.KindCase.NUMBER_VALUE:
      return message.getNumberValue();
    case struct.Value.KindCase.STRING_VALUE:
      return unknownTexts.has(message.getStringValue()) ? unknown : message.getStringValue();
    case struct.Value.KindCase.LIST_VALUE:
      return (message.getListValue()?.getValuesList() ?? []).map(decode);
    case struct.Value.KindCase.STRUCT_VALUE:
      return unsigned(unmarshal(message.getStructValue()));
    default:
      return null;
  }
}

/** The values that travel as an object with a signature. */
type Signed = Secret | Output | Asset | Archive | Reference;

function signed(value: Signed): Properties {
  if (value instanceof Secret) return { [signatureKey]: signature.secret, value: value.value };
  if (value instanceof Asset) return { [signatureKey]: signature.asset, hash: value.hash, ...value.source };
  if (value instanceof Archive)
    return { [signatureKey]: signature.archive, hash: value.hash, ...value.source };
  if (value instanceof Reference)
    return {
      [signatureKey]: signature.reference,
      urn: value.urn,
      ...present("id", value.id instanceof Unknown ? "" : value.id),
      ...present("packageVersion", value.packageVersion),
    };
  return {
    [signatureKey]: signature.output,
    ...present("value", value.value),
    ...(value.secret ? { secret: true } : {}),
    ...(value.dependencies.length ? { dependencies: value.dependencies } : {}),
  };
}

function unsigned(properties: Properties): Value {
  const { [signatureKey]: sign, ...rest } = properties;
  if (sign === undefined) return properties;
  const text = (key: string): string | undefined => (typeof rest[key] === "string" ? rest[key] : undefined);
  switch (sign) {
    case signature.secret:
      return new Secret(rest.value ?? null);
    case signature.output:
      return new Output(rest.value, rest.secret === true, (rest.dependencies ?? []) as string[]);
    case signature.asset:
      return new Asset(text("hash") ?? "", source(rest, ["text", "path", "uri"]) as AssetSource);
    case signature.archive:
      return new Archive(text("hash") ?? "", source(rest, ["assets", "path", "uri"]) as ArchiveSource);
    case signature.reference:
      return new Reference(text("urn") ?? "", referenceId(rest.id), text("packageVersion"));
    default:
      throw new Error(
        `a property value has the signature ${String(sign)}, which this provider does not know`,
      );
  }
}

/** An empty source is how the engine elides the contents of an asset that it has the hash of. */
function source(properties: Properties, keys: readonly string[]): Properties | undefined {
  const key = keys.find((name) => properties[name]);
  return key === undefined ? undefined : { [key]: properties[key] ?? null };
}

function referenceId(id: Value | undefined): string | Unknown | undefined {
  if (id === "" || id instanceof Unknown) return unknown;
  return typeof id === "string" ? id : undefined;
}

function present(key: string, value: Value | undefined): Properties {
  return value === undefined ? {} : { [key]: value };
}

function fields(message: struct.Struct | undefined): [string, struct.Value][] {
  const entries: [string, struct.Value][] = [];
  message?.getFieldsMap().forEach((value, key) => {
    entries.push([key, value]);
  });
  return entries;
}

/** sdk/go/common/resource/sig and properties.go. */
const signatureKey = "4dabf18193072939515e22adb298388d";

const signature = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  reference: "5cf8f73096256a8f31e491e813e4eb8e",
} as const;

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** One sentinel a kind; the engine sends the first of them for all. */
const unknownTexts = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  unknownText,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
