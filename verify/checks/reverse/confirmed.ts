import type { Check } from "../../check";
import { failed, NotApplicable, passed, warning } from "../../outcome";
import { senders } from "../../reverse/senders";

export const reverseConfirmed: Check = {
  id: "reverse-confirmed",
  title: "The names of the addresses lead back to them",
  asks: "Whether a name that an address has by its PTR record has that address in turn: otherwise anyone could claim it, and receivers refuse.",
  source: "RFC 8601 section 2.7.3, RFC 1912 section 2.1",
  severity: "high",
  run: async (subject) => {
    // Where there is no name at all, reverse-ptr tells.
    const named = (await senders(subject)).filter(({ names }) => names.length > 0);
    if (named.length === 0) throw new NotApplicable("No address has a name.");
    const wrong = named.filter(({ names }) => !names.some(({ confirmed }) => confirmed));
    if (wrong.length === 0)
      return passed(
        named
          .map(
            ({ address, names }) =>
              `${address} and ${names.find(({ confirmed }) => confirmed)?.name} lead to each other.`,
          )
          .join("\n"),
      );
    const evidence = wrong
      .map(
        ({ address, names }) =>
          `${address} is called ${names.map(({ name }) => name).join(", ")}, which does not have that address.`,
      )
      .join("\n");
    const [first] = [...wrong].sort((a, b) => Number(a.ipv6) - Number(b.ipv6));
    const record = `${first?.names[0]?.name}. ${first?.ipv6 ? "AAAA" : "A"} ${first?.address}`;
    const remedy = `Publish "${record}", or have the PTR record name a host that has the address, such as ${first?.host}.`;
    // Over IPv6 mail need not be sent.
    return first?.ipv6 ? warning(evidence, remedy) : failed(evidence, remedy);
  },
};
