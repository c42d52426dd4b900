import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { comparedRecords } from "../../stack/compare";

export const stackUndeclared: Check = {
  id: "stack-undeclared",
  title: "Nothing undeclared beside the declared records",
  asks: "Whether a name that the stack publishes has further records of the same kind, such as a second MX. Receivers use all of them.",
  source: "the Pulumi stack's outputs",
  severity: "medium",
  run: async (subject) => {
    const compared = await comparedRecords(subject);
    const strays = compared.flatMap(({ name, type, declared, published }) => {
      const kinds = new Set(declared.map((value) => kind(type, value)));
      return (
        published
          .filter((value) => !declared.includes(value) && kinds.has(kind(type, value)))
          // What stands in a declared record's place is named by stack-records.
          .filter(() => declared.every((value) => published.includes(value)))
          .map((value) => `${name} ${type}: ${value}`)
      );
    });
    if (strays.length === 0) return passed("The declared names have no other records of the declared kinds.");
    return warning(
      ["There are records that the stack does not declare.", ...strays].join("\n"),
      "Delete them where the zone is kept, or declare them in the stack.",
    );
  },
};

/** Other TXT records at the same name are none of this stack's business; another of the same version is. */
function kind(type: string, value: string): string {
  return type === "TXT" ? (/^v=\w+/.exec(value)?.[0] ?? value) : type;
}
