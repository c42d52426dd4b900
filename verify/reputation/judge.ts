import { CannotCheck, type Finding, failed, passed, warning } from "../outcome";
import type { Subject } from "../subject";
import { type BlockList, interpret, type Verdict } from "./lists";

/** What is asked about: as it is called, and as lists want it in front of their zone. */
export interface Suspect {
  readonly name: string;
  readonly label: string;
  readonly ipv6?: boolean;
}

/**
 * Asks all lists about all suspects. What a list says counts only where it answers as it should for its test entries,
 * because lists refuse public resolvers in many ways, silence among them.
 * @throws CannotCheck when no list can be asked
 */
export async function judgeReputation(
  subject: Subject,
  lists: readonly BlockList[],
  suspects: readonly Suspect[],
): Promise<Finding> {
  const fitting = lists.filter((list) => suspects.some((suspect) => fits(list, suspect)));
  const reports = await Promise.all(fitting.map((list) => askList(subject, list, suspects)));
  const unusable = reports.flatMap(({ list, unusable }) => (unusable ? [`${list.zone} ${unusable}`] : []));
  const notAsked = unusable.length > 0 ? `\nNot asked: ${unusable.join("; ")}.` : "";
  const listings = reports.flatMap(({ list, listed }) => listed.map((text) => ({ list, text })));
  if (listings.length === 0) {
    const asked = reports.filter(({ unusable }) => !unusable).map(({ list }) => list);
    if (asked.length === 0)
      throw new CannotCheck(
        `No list can be asked through ${subject.dns.name}.${notAsked}`,
        `Ask by a resolver of your own, which lists do not refuse (--resolver 127.0.0.1), or look ${suspects.map(({ name }) => name).join(", ")} up at ${lists[0]?.page}`,
      );
    const clear = suspects.map((suspect) => {
      const zones = asked.filter((list) => fits(list, suspect)).map(({ zone }) => zone);
      return zones.length > 0
        ? `${suspect.name} is not listed by ${zones.join(", ")}.`
        : `${suspect.name} was not asked for.`;
    });
    return passed(`${clear.join("\n")}${notAsked}`);
  }
  const pages = [...new Set(listings.map(({ list }) => list.page))];
  const verdict = listings.some(({ list }) => list.decides) ? failed : warning;
  return verdict(
    `${listings.map(({ text }) => text).join("\n")}${notAsked}`,
    `Find and end what the list complains of (a broken-into account, an infected machine behind the address), then ask to be taken off: ${pages.join(" , ")}`,
  );
}

async function askList(subject: Subject, list: BlockList, suspects: readonly Suspect[]) {
  const [why, ...verdicts] = await Promise.all([
    subject.once(`test entries of ${list.zone}`, () => whyUnusable(subject, list)),
    ...suspects
      .filter((suspect) => fits(list, suspect))
      .map(async (suspect) => ({ suspect, verdict: await ask(subject, list, suspect.label) })),
  ]);
  const bad = verdicts.find(({ verdict }) => verdict.kind === "unusable")?.verdict;
  const unusable = why ?? (bad?.kind === "unusable" ? bad.why : undefined);
  const listed = verdicts.flatMap(({ suspect, verdict }) =>
    verdict.kind === "listed" && !why
      ? [`${suspect.name} is listed by ${list.zone}: ${verdict.meanings.join(", ")}.`]
      : [],
  );
  return { list, unusable, listed };
}

function fits({ ipv6: listed = false }: BlockList, { ipv6 = false }: Suspect): boolean {
  return listed || !ipv6;
}

async function whyUnusable(subject: Subject, list: BlockList): Promise<string | undefined> {
  const [listed, clear] = await Promise.all([
    ask(subject, list, list.test.listed),
    ask(subject, list, list.test.clear),
  ]);
  if (listed.kind === "unusable") return listed.why;
  if (listed.kind === "clear") return "does not answer for its test entry, as if this resolver were refused";
  return clear.kind === "clear" ? undefined : "lists whatever is asked for";
}

async function ask({ dns }: Subject, list: BlockList, label: string): Promise<Verdict> {
  try {
    const { rcode, records } = await dns.query(`${label}.${list.zone}`, "A");
    if (rcode !== "NOERROR" && rcode !== "NXDOMAIN") return { kind: "unusable", why: `gives ${rcode}` };
    return interpret(list, records);
  } catch (error) {
    if (error instanceof CannotCheck) return { kind: "unusable", why: "gives no answer" };
    throw error;
  }
}
