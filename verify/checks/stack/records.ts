import type { Check } from "../../check";
import { failed, passed } from "../../outcome";
import { comparedRecords } from "../../stack/compare";

export const stackRecords: Check = {
  id: "stack-records",
  title: "Every declared record is published",
  asks: "Whether the world sees each record as the Pulumi stack declares it. A difference was made by hand, or an apply did not get through.",
  source: "the Pulumi stack's outputs",
  severity: "high",
  run: async (subject) => {
    const compared = await comparedRecords(subject);
    const missing = compared.flatMap(({ name, type, declared, published }) =>
      declared
        .filter((value) => !published.includes(value))
        .map((value) => ({ name, type, value, published })),
    );
    const [first] = missing;
    if (!first) {
      const count = compared.reduce((sum, { declared }) => sum + declared.length, 0);
      return passed(`All ${count} records that the stack declares are published as declared.`);
    }
    return failed(
      [
        `${missing.length} of the declared records ${missing.length === 1 ? "is" : "are"} not published as declared.`,
        ...missing.map(
          ({ name, type, value, published }) =>
            `${name} ${type}: declared ${value}, published ${published.join(" | ") || "nothing"}`,
        ),
      ].join("\n"),
      "Run `pulumi up --refresh`, which publishes it again; then find out who changed it.",
    );
  },
};
