import type { Check } from "../../check";
import { NotApplicable, passed, warning } from "../../outcome";
import { looksGenerated } from "../../reverse/generated-name";
import { reverseName, senders } from "../../reverse/senders";

export const reverseGeneric: Check = {
  id: "reverse-generic",
  title: "The addresses' names are not generated",
  asks: "Whether the PTR record has a name that somebody gave the host: receivers take generated names for home connections and refuse or distrust them.",
  source: "RFC 5321 section 7.9; Spamhaus PBL; M3AAWG Sender Best Common Practices",
  severity: "medium",
  run: async (subject) => {
    const named = (await senders(subject)).filter(({ names }) => names.length > 0);
    if (named.length === 0) throw new NotApplicable("No address has a name.");
    const generated = named.filter(({ address, names }) =>
      names.every(({ name }) => looksGenerated(name, address)),
    );
    const [first] = generated;
    if (first)
      return warning(
        `${generated.map(({ address, names }) => `${address} is called ${names[0]?.name}`).join(", ")}, which looks generated.`,
        `Have the hosting provider publish "${reverseName(first.address)}. PTR ${first.host}."`,
      );
    return passed(
      `${named.flatMap(({ names }) => names.map(({ name }) => name)).join(", ")}: names that were given.`,
    );
  },
};
