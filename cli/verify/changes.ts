import type { Report } from "../../verify/report";
import { printable } from "../../verify/report/printable";

/** What is another than in the run before, a line for each; empty when nothing is. */
export function changes(before: readonly Report[], after: readonly Report[]): string[] {
  return after.flatMap(({ domain, started, checks }, index) => {
    const old = new Map(before[index]?.checks.map(({ id, outcome }) => [id, outcome]));
    return checks
      .filter(({ id, outcome }) => old.get(id) !== outcome)
      .map(({ id, outcome, evidence }) => {
        const [first = ""] = evidence.split("\n");
        return `${started}  ${domain}  ${id}: ${old.get(id)} -> ${outcome}. ${printable(first)}`;
      });
  });
}
