import type { Check } from "../../check";
import { hostsWithTlsa, wantedTlsa } from "../../dane/published";
import { failed, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";

export const daneExists: Check = {
  id: "dane-exists",
  title: "The mail hosts have TLSA records",
  asks: "Whether DNS tells senders which key each mail host has. Without it whoever is on the way can switch TLS off or use a key of his own.",
  source: "RFC 7672 section 2.2",
  severity: "medium",
  run: async (subject) => {
    const hosts = await hostsWithTlsa(subject);
    const failing = hosts.filter(({ answer }) => answer.rcode === "SERVFAIL");
    const asked = await Promise.all(failing.map(({ base }) => isSecure(subject, base)));
    const broken = failing.filter((_, index) => asked[index]).map(({ tlsaName }) => tlsaName);
    if (broken.length > 0)
      // RFC 7672 section 2.1.2: who can't learn whether there are records must not deliver; where the address itself is
      // not signed, nobody asks.
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
        `No TLSA record: ${without.map(({ name, tlsaName, answer }) => `${name} (${tlsaName}${answer.rcode === "SERVFAIL" ? ": SERVFAIL" : ""})`).join(", ")}.`,
        `In a zone that is signed, publish ${wanted.join("\n")}\nand one of the next key beside it.`,
      );
    }
    return passed(
      `TLSA records: ${hosts.map(({ tlsaName, answer }) => `${tlsaName} (${answer.records.length})`).join(", ")}.`,
    );
  },
};

/** Whether DNSSEC protects a host's addresses, without which senders don't look for TLSA records. */
async function isSecure({ dns }: Subject, name: string): Promise<boolean> {
  const answers = await Promise.all([dns.query(name, "A"), dns.query(name, "AAAA")]);
  return answers.some(({ records, security }) => records.length > 0 && security === "secure");
}
