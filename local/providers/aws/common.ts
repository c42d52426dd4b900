import { randomBytes } from "node:crypto";
import type { Account } from "../../world";
import type { Cloud } from "../cloud";
import { ServiceError } from "../resource";
import { map, type Property, text } from "../shape";

/** `region` is an argument of every regional type since version 7 of the SDK. */
export function region(cloud: Cloud): Property<string> {
  return text({
    computed: true,
    replaces: true,
    problem: (value) =>
      value === cloud.account.region
        ? undefined
        : `is not ${cloud.account.region}, the one region of the local cloud`,
  });
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const tags = map(
  text({ problem: (value) => (value.length > 256 ? "is longer than 256 characters" : undefined) }),
);

interface Tagged {
  readonly tags?: Readonly<Record<string, string>>;
}

/** The outputs that every tagged regional type has. */
export function commonOutputs(cloud: Cloud, config: Tagged) {
  return { region: cloud.account.region, ...tagOutputs(config) };
}

export function tagOutputs(config: Tagged) {
  return { tags: config.tags, tagsAll: config.tags ?? {} };
}

/** EC2's longer form: the prefix, a dash and 17 hexadecimal digits. */
export function newId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}

/** Of a unique IAM name, such as AROA…: 21 letters and digits. */
export function newUniqueId(prefix: string): string {
  return `${prefix}${randomBytes(17).toString("hex").toUpperCase().slice(0, 17)}`;
}

export function arn(account: Account, resource: string): string {
  return `arn:aws:ec2:${account.region}:${account.id}:${resource}`;
}

/** The zones a, b and c that the region has. */
export function availabilityZones(account: Account): { name: string; id: string }[] {
  const short = account.region.replace(/^(\w\w)-(\w)\w*-(\d)$/, "$1$2$3");
  return ["a", "b", "c"].map((letter, index) => ({
    name: `${account.region}${letter}`,
    id: `${short}-az${index + 1}`,
  }));
}

export function zoneIdOf(account: Account, name: string): string {
  return availabilityZones(account).find((zone) => zone.name === name)?.id ?? "";
}

/** A row of the store, or the service's own error for an id that does not exist. */
export function existing<T>(row: T | undefined, code: string, what: string, id: string): T {
  if (row !== undefined) return row;
  throw new ServiceError(
    code,
    `the ${what} '${id}' does not exist; create it first, and refer to it by its output`,
  );
}

export function now(): string {
  return new Date().toISOString();
}
