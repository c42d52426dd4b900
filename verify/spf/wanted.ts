import type { Subject } from "../subject";
import { txtLine } from "../tag-list";
import { hasNullMx } from "./null-mx";
import { isSpf } from "./record";

/** The record that the domain should have: what a stack declares, else the simplest that fits. */
export async function wantedSpf(subject: Subject): Promise<string> {
  const { domain, expected } = subject;
  const declared = expected?.records.find(
    ({ name, type, value }) => name === domain && type === "TXT" && isSpf(value),
  );
  if (declared) return txtLine(domain, declared.value);
  return txtLine(domain, (await hasNullMx(subject)) ? "v=spf1 -all" : "v=spf1 mx -all");
}
