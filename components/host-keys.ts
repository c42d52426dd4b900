import type * as pulumi from "@pulumi/pulumi";
import { type DnsRecord, type KeyPolicy, type PlannedKey, tlsaContent, tlsaRecord } from "../records";
import { type Place, recordsAt } from "./adoption";
import type { HostKey } from "./host-certificate";
import { after, type FoundKey, keysOf } from "./keys";
import { keyMark, markedGeneration } from "./owner";
import { publish } from "./publish";

/** The host's keys that DNS vouches for, and with them what is due now. */
export function planHostKeys(hostname: string, place: Place, policy: KeyPolicy): PlannedKey[] {
  const { name } = tlsaRecord(hostname, "");
  const records = recordsAt(place, name);
  const found = records.flatMap(({ type, comment, createdOn }): FoundKey | [] => {
    const generation = type === "TLSA" ? markedGeneration(place.marks, comment) : undefined;
    return generation === undefined ? [] : { generation, createdOn };
  });
  return keysOf(policy, found, 1);
}

/** Publishes the host's keys, the next one ahead of its use, so that mail is never held back for a change of key. */
export function publishHostKeys(
  name: string,
  hostname: string,
  { zoneId, marks }: Place,
  keys: readonly HostKey[],
  ready: pulumi.Input<unknown>,
  opts: pulumi.CustomResourceOptions,
): DnsRecord<pulumi.Output<string>>[] {
  return keys
    .filter(({ stage }) => stage !== "removed")
    .map(({ generation, stage, sha256 }) => {
      // That the newest is there tells the next run since when the one before is in use.
      const digest = stage === "published" ? after(ready, sha256) : sha256;
      const record = tlsaRecord(hostname, digest.apply(tlsaContent));
      publish(`${name}-tlsa-${generation}`, { zoneId, record, comment: keyMark(marks, generation) }, opts);
      return record;
    });
}
