import { issuersInUse } from "../../caa/issuer";
import { caaLines, caaOf, certifiedHosts, hasTag } from "../../caa/published";
import type { Check } from "../../check";
import { CannotCheck, NotApplicable, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";

export const caaExists: Check = {
  id: "caa-exists",
  title: "CAA says who may issue certificates",
  asks: "Whether DNS limits which authorities may issue certificates for the domain and its mail hosts. Without it any of them may, on the word of whoever deceives it.",
  source: "RFC 8659 section 4.2; internet.nl mail test 1.11",
  severity: "low",
  run: async (subject) => {
    const names = [...new Set([subject.domain, ...(await certifiedHosts(subject))])];
    const sets = await Promise.all(names.map((name) => caaOf(subject, name)));
    const open = names.filter((_, index) => {
      const set = sets[index];
      return !set || !hasTag(set, "issue");
    });
    const lines = [...new Set(sets.flatMap((set) => (set ? caaLines(set) : [])))];
    if (open.length === 0) return passed(lines.join("\n"));
    return warning(
      [`Any authority may issue certificates for ${open.join(", ")}.`, ...lines].join("\n"),
      `Publish ${await wanted(subject, open)}`,
    );
  },
};

/** At the domain it holds for all names below. */
async function wanted(subject: Subject, open: readonly string[]): Promise<string> {
  const inUse = await issuersInUse(subject).catch((error: unknown) => {
    if (error instanceof CannotCheck || error instanceof NotApplicable) return [];
    throw error;
  });
  const authority = inUse.find((issued) => issued.authority)?.authority;
  const issuer = authority?.domains[0] ?? "<the domain of your authority>";
  const at = open.find((name) => name === subject.domain) ?? open[0];
  return `${at}. CAA 0 issue "${issuer}"`;
}
