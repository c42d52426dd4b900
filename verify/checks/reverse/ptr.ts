import type { Check } from "../../check";
import { failed, passed, warning } from "../../outcome";
import { reverseName, type Sender, senders } from "../../reverse/senders";

export const reversePtr: Check = {
  id: "reverse-ptr",
  title: "The mail hosts' addresses have names",
  asks: "Whether each address has a PTR record: the big receivers refuse mail from addresses without one.",
  source: "RFC 1912 section 2.1; Google's and Microsoft's requirements for senders",
  severity: "high",
  run: async (subject) => {
    const all = await senders(subject);
    const nameless = all.filter(({ names }) => names.length === 0);
    if (nameless.length === 0)
      return passed(
        all
          .map(({ address, names }) => `${address} is ${names.map(({ name }) => name).join(", ")}.`)
          .join("\n"),
      );
    const evidence = `No PTR record: ${nameless.map(({ address, rcode }) => `${address} (${rcode})`).join(", ")}.`;
    const ipv4 = nameless.find(({ ipv6 }) => !ipv6);
    // A host may receive over IPv6 and send over IPv4 alone, which is the way out where nobody sets such a record.
    if (!ipv4)
      return warning(
        evidence,
        `${advice(nameless)} Where that can't be had, send over IPv4 only (Postfix: smtp_address_preference = ipv4, or inet_protocols = ipv4).`,
      );
    return failed(evidence, advice([ipv4]));
  },
};

function advice([sender]: readonly Sender[]): string {
  return sender
    ? `Have who owns the address (the hosting provider) publish "${reverseName(sender.address)}. PTR ${sender.host}."`
    : "";
}
