import { type Finding, passed, warning } from "../outcome";
import type { Subject } from "../subject";
import { caaLines, hasTag, ownCaa } from "./published";

/**
 * Whether each set of the domain's CAA records has a property.
 * @param remedy told the records to publish
 * @throws as {@link ownCaa} does
 */
export async function wantProperty(
  subject: Subject,
  tag: string,
  value: string,
  remedy: (records: string) => string,
): Promise<Finding> {
  const sets = await ownCaa(subject);
  const without = sets.filter((set) => !hasTag(set, tag));
  if (without.length === 0) return passed(sets.flatMap(caaLines).join("\n"));
  const places = without.map(({ at }) => at);
  return warning(
    [`The CAA records at ${places.join(", ")} have no ${tag}.`, ...without.flatMap(caaLines)].join("\n"),
    remedy(places.map((at) => `${at}. CAA 0 ${tag} "${value}"`).join("\n")),
  );
}
