import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { txtLine } from "../tag-list";
import { type DkimKeyRecord, isMeantAsKey, type PublicKey, parseKeyRecord } from "./key-record";
import { commonSelectors } from "./selectors";

/** What is published under one selector. */
export interface DkimKey {
  readonly selector: string;
  /** `<selector>._domainkey.<domain>`. */
  readonly name: string;
  /** The operator or the stack says that the domain signs with it; otherwise it was found by a common name. */
  readonly told: boolean;
  /** The TXT records that are meant as keys; there should be one. */
  readonly records: readonly DkimKeyRecord[];
  /** TXT records there that are something else, as a wildcard's. */
  readonly strays: readonly string[];
  /** Canonical names that the name leads to. */
  readonly aliases: readonly string[];
  /** Why nothing is known of it: the question had no answer. */
  readonly unanswered?: string;
}

/**
 * The domain's DKIM keys: first those that are told, whether or not a key is there, then those that common names lead
 * to, if there is a key.
 * @throws CannotCheck when the resolver answers nothing
 */
export function dkimKeys(subject: Subject): Promise<readonly DkimKey[]> {
  return subject.once(`dkim keys of ${subject.domain}`, async () => {
    const told = toldSelectors(subject);
    const guessed = commonSelectors.filter((selector) => !told.includes(selector));
    const [wildcard, ...keys] = await Promise.all([
      lookUp(subject, wildcardProbe, false),
      ...told.map((selector) => lookUp(subject, selector, true)),
      ...guessed.map((selector) => lookUp(subject, selector, false)),
    ]);
    if (keys.every(({ unanswered }) => unanswered !== undefined))
      throw new CannotCheck(keys[0]?.unanswered ?? "", "Ask another resolver: --resolver ADDRESS");
    const everywhere = texts(wildcard).join("\n");
    return keys.filter((key) => key.told || (key.records.length > 0 && texts(key).join("\n") !== everywhere));
  });
}

/** Those given by the operator, and those of the stack's records; for the domain itself. */
export function toldSelectors({ domain, dkimSelectors, expected }: Subject): readonly string[] {
  const end = `._domainkey.${domain}`;
  const declared = (expected?.records ?? [])
    .filter(({ name }) => name.toLowerCase().endsWith(end))
    .map(({ name }) => name.slice(0, -end.length));
  return [...new Set([...dkimSelectors, ...declared].map((selector) => selector.toLowerCase()))];
}

/** Nobody's selector: only a wildcard answers for it. */
const wildcardProbe = "no-key-has-this-selector";

function texts({ records, strays }: DkimKey): readonly string[] {
  return [...records.map(({ text }) => text), ...strays].sort();
}

async function lookUp({ domain, dns }: Subject, selector: string, told: boolean): Promise<DkimKey> {
  const name = `${selector}._domainkey.${domain}`;
  const key = { selector, name, told, records: [], strays: [], aliases: [] };
  try {
    const { rcode, records, aliases } = await dns.query(name, "TXT");
    if (rcode !== "NOERROR" && rcode !== "NXDOMAIN")
      return { ...key, aliases, unanswered: `The name servers answer ${rcode} when asked for ${name} TXT.` };
    const values = records.map(({ value }) => value);
    return {
      ...key,
      aliases,
      records: values.filter(isMeantAsKey).map(parseKeyRecord),
      strays: values.filter((value) => !isMeantAsKey(value)),
    };
  } catch (error) {
    if (!(error instanceof CannotCheck)) throw error;
    return { ...key, unanswered: error.message };
  }
}

export interface PublishedKey extends Pick<DkimKey, "selector" | "name" | "told"> {
  readonly record: DkimKeyRecord;
}

/**
 * Each key record by itself, whatever is in it.
 * @throws NotApplicable when there is none, CannotCheck
 */
export async function publishedKeys(subject: Subject): Promise<readonly PublishedKey[]> {
  const keys = (await dkimKeys(subject)).flatMap(({ selector, name, told, records }) =>
    records.map((record) => ({ selector, name, told, record })),
  );
  if (keys.length === 0) throw new NotApplicable(`No DKIM key of ${subject.domain} is known.`);
  return keys;
}

/**
 * The keys that verifiers can read.
 * @throws NotApplicable when there is none, CannotCheck
 */
export async function readableKeys(
  subject: Subject,
): Promise<readonly (PublishedKey & { readonly publicKey: PublicKey })[]> {
  const keys = (await publishedKeys(subject)).flatMap((key) => {
    const publicKey = key.record.problems.length === 0 ? key.record.key : undefined;
    return publicKey ? [{ ...key, publicKey }] : [];
  });
  if (keys.length === 0) throw new NotApplicable(`No readable DKIM key of ${subject.domain} is in force.`);
  return keys;
}

/** For evidence, for example "rsa1 (RSA, 2048 bits)". */
export function nameKey({ selector, record: { key } }: PublishedKey): string {
  if (!key) return selector;
  const kind = { rsa: "RSA", ed25519: "Ed25519", other: key.type === "other" ? key.name : "" }[key.type];
  return key.type === "rsa" ? `${selector} (${kind}, ${key.bits} bits)` : `${selector} (${kind})`;
}

/** Each as DNS has it, a line each. */
export function recordLines(keys: readonly PublishedKey[]): string {
  return keys.map(({ name, record }) => txtLine(name, record.text)).join("\n");
}
