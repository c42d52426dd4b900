import type { Check } from "../../check";
import { dkimKeys, publishedKeys, recordLines } from "../../dkim/keys";
import { failed, passed } from "../../outcome";

export const dkimSingle: Check = {
  id: "dkim-single",
  title: "Each DKIM selector has one key only",
  asks: "Whether a selector has more than one key record. Verifiers then take either, or none.",
  source: "RFC 6376, section 3.6.2.2",
  severity: "high",
  run: async (subject) => {
    const published = await publishedKeys(subject);
    const double = (await dkimKeys(subject)).filter(({ records }) => records.length > 1);
    if (double.length === 0)
      return passed(`One record each: ${published.map(({ name }) => name).join(", ")}.`);
    const names = double.map(({ name }) => name);
    return failed(
      [
        `${double.map(({ name, records }) => `${name} has ${records.length} keys`).join(", ")}.`,
        recordLines(published.filter(({ name }) => names.includes(name))),
      ].join("\n"),
      `Keep at ${names.join(" and ")} the record whose key the server signs with, and delete the others; another key takes another selector.`,
    );
  },
};
