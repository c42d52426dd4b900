import type { Check } from "../../check";
import { readableKeys, recordLines } from "../../dkim/keys";
import { passed, warning } from "../../outcome";
import { txtLine } from "../../tag-list";

export const dkimTesting: Check = {
  id: "dkim-testing",
  title: "No DKIM key is marked as a test",
  asks: "Whether a key has the flag t=y, which asks verifiers to treat signed mail as if it were not signed.",
  source: "RFC 6376, section 3.6.1",
  severity: "medium",
  run: async (subject) => {
    const keys = await readableKeys(subject);
    const testing = keys.filter(({ record }) => record.flags.includes("y"));
    if (testing.length === 0) return passed(`None has t=y: ${keys.map(({ name }) => name).join(", ")}.`);
    const ready = testing.map(({ name, record }) =>
      txtLine(name, record.text.replace(/(^|;)\s*t\s*=[^;]*/, "")),
    );
    return warning(
      `Marked as a test by t=y: ${testing.map(({ name }) => name).join(", ")}.\n${recordLines(testing)}`,
      `Once signatures verify, publish it without t=: ${ready.join("\n")}`,
    );
  },
};
