import type * as pulumi from "@pulumi/pulumi";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { type DnsRecord, dkimContent, dkimRecord, type NamedRecords, type PlannedKey } from "../records";
import type { Place } from "./adoption";
import { after, type FoundKey, keysOf } from "./keys";
import { isOwn } from "./owner";
import { known } from "./problems";
import { publish } from "./publish";

/** A key of a domain's mail. */
export interface DkimKey {
  /** Names the key's record, `<selector>._domainkey.<domain>`. */
  readonly selector: string;
  readonly algorithm: "rsa" | "ed25519";
  /** Whether mail is signed with it; the others are on their way in or out. */
  readonly signs: boolean;
  /** PKCS#8; secret. */
  readonly privateKeyPem: pulumi.Output<string>;
}

export interface DkimKeysArgs {
  readonly domain: string;
  readonly place: Place;
  readonly keys: readonly PlannedKey[];
  readonly protect: boolean;
  /** What has to be done before keys are published that nothing is signed with yet. */
  readonly ready?: pulumi.Input<unknown>;
}

/** RSA for every receiver, Ed25519 for those that have it: both sign each message (RFC 8463 section 3). */
const kinds = [
  { prefix: "rsa", algorithm: "rsa", key: { algorithm: "RSA", rsaBits: 2048 } },
  { prefix: "ed", algorithm: "ed25519", key: { algorithm: "ED25519" } },
] as const;

/** The DKIM keys that DNS shows of a domain, and with them what is due now. */
export function planDkimKeys(
  domain: string,
  { zoneId, contents, marks }: Place,
  policy: Parameters<typeof keysOf>[0],
): PlannedKey[] {
  const zone = known(zoneId);
  const records = zone === undefined ? [] : (contents?.below(zone, `_domainkey.${domain}`) ?? []);
  const found = records.flatMap(({ name, type, comment, createdOn }): FoundKey | [] => {
    const generation = /^(?:rsa|ed)([1-9]\d*)\./.exec(name)?.[1];
    const own = type === "TXT" && isOwn(marks, comment);
    return generation && own ? { generation: Number(generation), createdOn } : [];
  });
  return keysOf(policy, found, kinds.length);
}

/** The records of the keys as far as they are known before the keys are made. */
export function dkimRecordNames(domain: string, keys: readonly PlannedKey[]): NamedRecords<unknown> {
  const selectors = keys.flatMap(({ generation }) => kinds.map(({ prefix }) => `${prefix}${generation}`));
  return Object.fromEntries(
    selectors.map((selector) => [`dkim-${selector}`, dkimRecord(selector, domain, undefined)]),
  );
}

/** Makes the keys and publishes them, each as its stage has it. */
export function makeDkimKeys(
  name: string,
  { domain, place, keys, protect, ready }: DkimKeysArgs,
  parent: pulumi.Resource,
): { readonly dkim: DkimKey[]; readonly records: DnsRecord<pulumi.Output<string>>[] } {
  const dkim: DkimKey[] = [];
  const records: DnsRecord<pulumi.Output<string>>[] = [];
  for (const { generation, stage } of keys)
    for (const { prefix, algorithm, key: parameters } of kinds) {
      const selector = `${prefix}${generation}`;
      // A key that has had its time may go.
      const kept = protect && (stage === "signing" || stage === "published");
      // Keys and records had no generation in their names once.
      const aliases = generation === 1 ? [{ name: `${name}-dkim-${algorithm}` }] : [];
      const key = new PrivateKey(`${name}-dkim-${selector}`, parameters, { parent, protect: kept, aliases });
      const signs = stage === "signing";
      if (stage === "removed") {
        dkim.push({ selector, algorithm, signs, privateKeyPem: key.privateKeyPemPkcs8 });
        continue;
      }
      const publicKey = stage === "published" ? after(ready, key.publicKeyPem) : key.publicKeyPem;
      const record = dkimRecord(selector, domain, publicKey.apply(dkimContent));
      const made = publish(
        `${name}-dkim-${selector}`,
        { zoneId: place.zoneId, record, comment: place.marks.now },
        { parent, aliases },
      );
      records.push(record);
      // Nothing is signed with a key that nobody can look up.
      const privateKeyPem = signs ? after(made.id, key.privateKeyPemPkcs8) : key.privateKeyPemPkcs8;
      dkim.push({ selector, algorithm, signs, privateKeyPem });
    }
  return { dkim, records };
}
