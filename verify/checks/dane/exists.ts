import type { Check } from "../../check";
import { hostsWithTlsa, wantedTlsa } from "../../dane/published";
import { failed, passed, warning } from "../../outcome";

export const daneExists: Check = {
  id: "dane-exists",
  title: "The mail hosts have TLSA records",
  asks: "Whether DNS tells senders which key each mail host has. Without it whoever is on the way can switch TLS off or use a key of his own.",
  source: "RFC 7672 section 2.2",
  severity: "medium",
  run: async (subject) => {
    const hosts = await hostsWithTlsa(subject);
    const broken = hosts.filter(({ answer }) => answer.rcode === "SERVFAIL").map(({ tlsaName }) => tlsaName);
    if (broken.length > 0)
      // RFC 7672 section 2.1.2: who can't learn whether there are records must not deliver.
      return failed(
        `The name servers answer SERVFAIL when asked for ${broken.join(", ")} TLSA, so senders that heed DANE hold the domain's mail back.`,
        "Make the name servers answer questions for types that they have no records of with NOERROR or NXDOMAIN; some old servers and firewalls drop TLSA.",
      );
    const without = hosts.filter(
      // Of an answer that does not validate dane-dnssec tells.
      ({ answer }) => answer.records.length === 0 && answer.security !== "bogus",
    );
    if (without.length > 0) {
      const wanted = await Promise.all(without.map((host) => wantedTlsa(subject, host)));
      return warning(
        `No TLSA record: ${without.map(({ name, tlsaName }) => `${name} (${tlsaName})`).join(", ")}.`,
        `In a zone that is signed, publish ${wanted.join("\n")}\nand one of the next key beside it.`,
      );
    }
    return passed(
      `TLSA records: ${hosts.map(({ tlsaName, answer }) => `${tlsaName} (${answer.records.length})`).join(", ")}.`,
    );
  },
};
