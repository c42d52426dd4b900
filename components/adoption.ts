import type * as pulumi from "@pulumi/pulumi";
import {
  type AdoptionChoice,
  type Conflict,
  conflictOf,
  type DnsRecord,
  describeExisting,
  type ExistingRecord,
  type NamedRecords,
  type ZoneContents,
} from "../records";
import type { Problem } from "./check";
import { isOwn, type Marks, markedOwner, ownStack } from "./owner";
import { known } from "./problems";
import type { Publication } from "./publish";

/** Where a component publishes, and how it gets along with what others have there. */
export interface Place {
  readonly zoneId: pulumi.Input<string>;
  /** What the zone holds. @default not known, so nothing is compared */
  readonly contents?: ZoneContents;
  /** What the component's own records are known by. */
  readonly marks: Marks;
  /** What becomes of records of others, by what they are for. */
  readonly existing?: Readonly<Record<string, AdoptionChoice>>;
}

/**
 * What of others' stands in the way of records and is not decided yet, or not as it could be.
 * @param path of the property with the decisions
 */
export function adoptionProblems(path: string, records: NamedRecords<unknown>, place: Place): Problem[] {
  const { existing = {} } = place;
  const conflicts = Object.entries(records).flatMap(([role, record]) => {
    const conflict = conflictAt(record, place);
    const choice = existing[role];
    if (!conflict || (choice && choicesOf(conflict).includes(choice))) return [];
    return { path: `${path}.${role}`, got: found(conflict), wants: wanted(conflict) };
  });
  return [...conflicts, ...unknownRoles(path, Object.keys(existing), Object.keys(records))];
}

function unknownRoles(path: string, given: readonly string[], known: readonly string[]): Problem[] {
  // A domain in the shadow has no MX of its own, and a word on the one that is there does no harm.
  const strangers = given.filter((role) => !known.includes(role) && role !== "mx");
  return strangers.map((role) => ({
    path: `${path}.${role}`,
    got: "a record that is not published",
    wants: `one of ${[...known].sort().join(", ")}`,
  }));
}

/** The records that are to be published: all but those that are left to somebody else. */
export function publications(
  records: NamedRecords<pulumi.Input<string>>,
  place: Place,
): [role: string, Publication][] {
  return Object.entries(records).flatMap(([role, record]) => {
    const choice = place.existing?.[role];
    if (choice === "leave") return [];
    const publication: Publication = { zoneId: place.zoneId, record, comment: place.marks.now };
    const [other] = conflictAt(record, place)?.found ?? [];
    if (!other || choice === undefined) return [[role, publication]];
    const adopted = { id: `${other.zoneId}/${other.id}`, kept: choice === "adopt" };
    return [[role, { ...publication, record: adopted.kept ? asFound(record, other) : record, adopted }]];
  });
}

/** What others have at a name of the place. */
export function othersAt(place: Place, name: string): readonly ExistingRecord[] {
  return recordsAt(place, name).filter(({ comment }) => !isOwn(place.marks, comment));
}

/** What the zone holds at a name, whose ever it is, as far as that is known. */
export function recordsAt(
  { zoneId, contents }: Pick<Place, "zoneId" | "contents">,
  name: string,
): readonly ExistingRecord[] {
  const zone = known(zoneId);
  return zone === undefined ? [] : (contents?.at(zone, name) ?? []);
}

function conflictAt(record: DnsRecord<unknown>, place: Place): Conflict | undefined {
  return conflictOf(record, othersAt(place, record.name));
}

/** For those that compare what is declared with what the world sees. */
function asFound(record: DnsRecord<pulumi.Input<string>>, { content, ttl, priority }: ExistingRecord) {
  return { ...record, content, ttl, ...(priority === undefined || record.type !== "MX" ? {} : { priority }) };
}

function found({ found }: Conflict): string {
  const sibling = siblingOf(found);
  const whose = sibling === undefined ? "somebody else's" : `what ${sibling} of this stack has made,`;
  return `${whose} ${found.map(describeExisting).join(", ")}`;
}

function wanted({ found, choices, why }: Conflict): string {
  if (siblingOf(found) !== undefined)
    return 'it gone first: run pulumi up once with "leave" here, or without this domain, and then as you want it';
  const renamed = found.flatMap(({ comment }) => markedOwner(comment) ?? []).slice(0, 1);
  const hint = renamed.map(
    ({ stack }) => `; or, if this stack was called ${stack} before, formerStack: ${stack}`,
  );
  if (choices.length === 0) return [`it removed by its owner, as ${why}`, ...hint].join("");
  const offers = choices.map((choice) => `"${choice}" (${meanings[choice]})`).join(", ");
  return [`one of ${offers}, as ${why}`, ...hint].join("");
}

/** What can be decided. Of a record with two resources, the one that goes would take it away from the one that stays. */
function choicesOf({ found, choices }: Conflict): readonly AdoptionChoice[] {
  return siblingOf(found) === undefined ? choices : choices.filter((choice) => choice === "leave");
}

/** Another component of this stack, if it is one that has made the record. */
function siblingOf(found: Conflict["found"]): string | undefined {
  const owners = found.map(({ comment }) => markedOwner(comment));
  return owners.find((owner) => owner?.stack === ownStack())?.component;
}

const meanings: Readonly<Record<AdoptionChoice, string>> = {
  leave: "it stays as it is, and this stack publishes none",
  adopt: "this stack takes it over unchanged",
  replace: "this stack takes it over and gives it its own content",
  merge: "this stack takes it over and adds its own senders",
};
