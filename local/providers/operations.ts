import { createHash, randomBytes } from "node:crypto";
import { checkShape, type Problem } from "./check";
import { type Difference, diffShape } from "./diff";
import { didYouMean } from "./nearest";
import { project, settledInputs } from "./project";
import type { Package, Resource } from "./resource";
import { bareProperties, hasSecrets, type Properties, Secret, type Value } from "./values";

/** A resource's URN as far as a provider needs it: its type and name. */
export interface Subject {
  readonly type: string;
  readonly name: string;
}

export interface Checked {
  readonly inputs: Properties;
  readonly problems: readonly Problem[];
}

/** Validates inputs, fills in defaults and the made-up name. */
export function check(
  pkg: Package,
  subject: Subject,
  olds: Properties,
  news: Properties,
  seed: Uint8Array = new Uint8Array(),
): Checked {
  const type = typeOf(pkg, subject.type);
  const named = { ...news, ...madeUpName(type, subject.name, bareProperties(olds), news, seed) };
  const hide = secretKeys(named);
  const { inputs, problems } = checkShape(type.inputs, bareProperties(named), subject.type, hide);
  const between = problems.length ? [] : (type.rules?.(inputs) ?? []);
  return { inputs: wrap(inputs, hide), problems: [...problems, ...between] };
}

export interface Diffed {
  readonly differences: ReadonlyMap<string, Difference>;
  readonly deleteBeforeReplace: boolean;
}

export function diff(
  pkg: Package,
  subject: Subject,
  inputs: { readonly old: Properties; readonly new: Properties },
  state: Properties,
  ignored: readonly string[] = [],
): Diffed {
  const type = typeOf(pkg, subject.type);
  const [before, after, current] = [inputs.old, inputs.new, state].map(bareProperties) as [
    Properties,
    Properties,
    Properties,
  ];
  const differences = diffShape(type.inputs, { old: before, new: after }, current);
  const also = new Set(type.replacesAlso?.(after, current));
  for (const [path, difference] of differences) {
    if (also.has(topLevel(path))) differences.set(path, { ...difference, replaces: true });
    if (
      ignored.some((entry) => path === entry || path.startsWith(`${entry}.`) || path.startsWith(`${entry}[`))
    )
      differences.delete(path);
  }
  for (const output of type.due?.(current) ?? []) differences.set(output, { kind: "update", replaces: true });
  return { differences, deleteBeforeReplace: type.deletesFirst?.(after) ?? false };
}

export async function create(
  pkg: Package,
  subject: Subject,
  inputs: Properties,
  preview: boolean,
): Promise<{ readonly id: string; readonly state: Properties }> {
  // What a preview does not return is unknown to the program.
  if (preview) return { id: "", state: inputs };
  const type = typeOf(pkg, subject.type);
  const { id, state } = await type.create(bareProperties(inputs));
  return { id, state: outputs(type, state, inputs) };
}

export async function update(
  pkg: Package,
  subject: Subject,
  id: string,
  inputs: Properties,
  state: Properties,
  preview: boolean,
): Promise<Properties> {
  const type = typeOf(pkg, subject.type);
  if (preview) {
    const open = [
      ...(type.volatile ?? []),
      ...(type.makesAnew?.(bareProperties(inputs), bareProperties(state)) ?? []),
    ];
    const stable = Object.entries(state).filter(([key]) => !open.includes(key));
    return { ...Object.fromEntries(stable), ...inputs };
  }
  if (!type.update)
    throw new Error(`${subject.type}: every change of it replaces it, and the engine asked for an update`);
  return outputs(type, await type.update(id, bareProperties(inputs), bareProperties(state)), inputs);
}

export interface Read {
  readonly id: string;
  readonly state: Properties;
  readonly inputs: Properties;
}

/** For a refresh with the last inputs and state, for an import without. */
export async function read(
  pkg: Package,
  subject: Subject,
  id: string,
  inputs: Properties,
  state: Properties,
): Promise<Read | undefined> {
  const type = typeOf(pkg, subject.type);
  const found = await type.read(id, bareProperties(state));
  if (!found) return undefined;
  const secrets = secretKeys(inputs);
  const importing = Object.keys(inputs).length === 0;
  const current = importing
    ? settledInputs(type.inputs, found.state)
    : project(type.inputs, bareProperties(inputs), found.state);
  return {
    id: found.id,
    state: outputs(type, found.state, { ...state, ...inputs }),
    inputs: wrap(current, secrets),
  };
}

export async function remove(pkg: Package, subject: Subject, id: string, state: Properties): Promise<void> {
  await typeOf(pkg, subject.type).delete(id, bareProperties(state));
}

export async function invoke(pkg: Package, token: string, args: Properties): Promise<Checked> {
  const type = Object.hasOwn(pkg.functions, token) ? pkg.functions[token] : undefined;
  if (!type) throw new Error(unknownName(pkg, "function", token, Object.keys(pkg.functions)));
  const hide = secretKeys(args);
  const checked = checkShape(type.inputs, bareProperties(args), token, hide);
  const problems = checked.problems.length ? checked.problems : (type.rules?.(checked.inputs) ?? []);
  if (problems.length) return { inputs: {}, problems };
  const result = await type.run(checked.inputs);
  return { inputs: hide.size ? wrap(result, new Set(Object.keys(result))) : result, problems: [] };
}

/** Validates a provider's own configuration, whose values travel as text. */
export function checkConfig(pkg: Package, news: Properties): Checked {
  const { version, pluginDownloadURL, ...given } = news;
  const hide = secretKeys(given);
  const { inputs, problems } = checkShape(
    pkg.config,
    unpacked(pkg, bareProperties(given)),
    `provider ${pkg.name}`,
    hide,
  );
  const between = problems.length ? [] : (pkg.checkConfig?.(inputs) ?? []);
  return { inputs: news, problems: [...problems, ...between] };
}

/** The package as a provider that is configured so has it. */
export function configure(pkg: Package, config: Properties): Package {
  return pkg.configured?.(unpacked(pkg, bareProperties(config))) ?? pkg;
}

/** Everything but text comes as JSON. */
function unpacked(pkg: Package, config: Properties): Properties {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const property = pkg.config[key];
      const packed = typeof value === "string" && typeof property === "object" && property.kind !== "text";
      return [key, packed ? (JSON.parse(value) as Value) : value];
    }),
  );
}

function typeOf(pkg: Package, token: string): Resource {
  const type = Object.hasOwn(pkg.resources, token) ? pkg.resources[token] : undefined;
  if (type) return type;
  throw new Error(unknownName(pkg, "resource type", token, Object.keys(pkg.resources)));
}

function unknownName(pkg: Package, what: string, token: string, all: readonly string[]): string {
  const short = all.map((name) => name.replace(/^.*:/, "")).sort();
  return (
    `the local cloud has no ${what} ${token}${didYouMean(token, all) || "."} ` +
    `Of the package ${pkg.name} it emulates ${short.join(", ")}; deploy to the real cloud for everything else.`
  );
}

/** As Pulumi's own providers do it: the resource's name, a dash and seven hexadecimal digits. */
function madeUpName(
  type: Resource,
  name: string,
  olds: Properties,
  news: Properties,
  seed: Uint8Array,
): Properties {
  const { property, from = (text: string) => text } = type.autoname ?? {};
  if (property === undefined || (news[property] ?? null) !== null) return {};
  const stem = `${from(name)}-`;
  const old = olds[property];
  if (typeof old === "string" && old.startsWith(stem) && /^[0-9a-f]{7}$/.test(old.slice(stem.length)))
    return { [property]: old };
  const random = seed.length ? createHash("sha256").update(seed).update(stem).digest() : randomBytes(4);
  return { [property]: `${stem}${random.toString("hex").slice(0, 7)}` };
}

function outputs(type: Resource, state: Properties, inputs: Properties): Properties {
  return wrap(state, new Set([...secretKeys(inputs), ...(type.secrets ?? [])]));
}

/** Secrecy is kept a whole property at a time, as the SDKs do. */
function wrap(properties: Properties, secrets: ReadonlySet<string>): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      secrets.has(key) && value !== undefined ? new Secret(value) : value,
    ]),
  );
}

function secretKeys(properties: Properties): Set<string> {
  return new Set(Object.keys(properties).filter((key) => hasSecrets(properties[key])));
}

function topLevel(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}
