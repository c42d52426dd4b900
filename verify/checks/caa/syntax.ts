import { ownCaa } from "../../caa/published";
import { formatCaa, problemOf } from "../../caa/record";
import type { Check } from "../../check";
import { passed, warning } from "../../outcome";

export const caaSyntax: Check = {
  id: "caa-syntax",
  title: "Authorities can read every CAA record",
  asks: "Whether the properties are known and their values right. What an authority can't read keeps it from issuing, or is ignored, and shows at the next renewal.",
  source: "RFC 8659 sections 4.1 to 4.5; RFC 8657 sections 3 and 4",
  severity: "medium",
  run: async (subject) => {
    const sets = await ownCaa(subject);
    const faults = sets.flatMap(({ at, records }) =>
      records.flatMap((record) => {
        const why = problemOf(record);
        return why ? [{ at, text: `${at}. CAA ${formatCaa(record)} ${why}.` }] : [];
      }),
    );
    const [first] = faults;
    if (!first)
      return passed(`Each property is known and well formed: ${sets.map(({ at }) => at).join(", ")}.`);
    return warning(
      faults.map(({ text }) => text).join("\n"),
      `Correct or remove the record; the usual form is ${first.at}. CAA 0 issue "letsencrypt.org" (parameters: "letsencrypt.org; validationmethods=http-01").`,
    );
  },
};
