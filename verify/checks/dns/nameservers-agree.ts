import { isIPv6 } from "node:net";
import type { Check } from "../../check";
import type { RecordData } from "../../dns/resolver";
import { nameServers } from "../../dns/zone";
import { CannotCheck, failed, NotApplicable, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";

interface Statement {
  /** Name and address. */
  readonly who: string;
  readonly ipv6: boolean;
  /** Undefined when there was no answer. */
  readonly rcode?: string;
  readonly authoritative?: boolean;
  readonly soa?: RecordData["SOA"];
}

export const dnsNameserversAgree: Check = {
  id: "dns-nameservers-agree",
  title: "All name servers know the zone, in the same version",
  asks: "Whether each name server answers for the zone with authority and the same serial: who asks the odd one out gets old records or none.",
  source: "RFC 1034 section 4.3.5, RFC 1912 section 2.8",
  severity: "high",
  run: async (subject) => {
    const { zone, servers } = await nameServers(subject);
    const asked = servers.flatMap(({ name, addresses }) =>
      addresses.map((address) => stated(subject, zone, name, address)),
    );
    if (asked.length === 0) throw new NotApplicable(`No name server of ${zone} has an address.`);
    const statements = await Promise.all(asked);
    const answered = statements.filter(({ rcode }) => rcode);
    if (answered.length === 0)
      throw new CannotCheck(
        `None of the name servers of ${zone} answers questions from here: ${statements.map(({ who }) => who).join(", ")}.`,
        "Many networks let only their own resolver ask name servers. Run it on a machine of another network.",
      );
    // All of them with an answer that is not their own: a resolver in between gives it, as in many guest networks.
    if (answered.every(({ soa, authoritative }) => soa && !authoritative))
      throw new CannotCheck(
        `Something between here and the name servers of ${zone} answers in their place: none of the answers is authoritative.`,
        "Run it on a machine of a network that lets DNS through.",
      );
    const lame = answered.filter(({ soa, authoritative }) => !soa || !authoritative);
    if (lame.length > 0)
      return failed(
        `${lame.map(({ who, rcode }) => `${who} (${rcode})`).join(", ")} does not answer for ${zone} with authority.`,
        `Configure ${zone} on it, or take it out of the NS records in the zone and at the registry.`,
      );
    // Without any answer over IPv6 it is as likely that there is no IPv6 here.
    const silent = statements.filter(
      ({ rcode, ipv6 }) => !rcode && answered.some((other) => other.ipv6 === ipv6),
    );
    if (silent.length > 0)
      return warning(
        `${silent.map(({ who }) => who).join(", ")} gives no answer, while other name servers of ${zone} do.`,
        "Start it, open UDP and TCP port 53 in its firewall, or take it out of the NS records.",
      );
    const serials = answered.map(({ who, soa }) => `${who} has serial ${soa?.serial}`);
    if (new Set(answered.map(({ soa }) => soa?.serial)).size > 1)
      return warning(
        `The name servers of ${zone} have different versions of it: ${serials.join(", ")}.`,
        "If the zone has just been changed, ask again in a minute; otherwise look why the transfer to the older ones fails.",
      );
    return passed(`All name servers agree: ${serials.join(", ")}.`);
  },
};

async function stated({ dns }: Subject, zone: string, name: string, address: string): Promise<Statement> {
  const who = `${name} at ${address}`;
  const ipv6 = isIPv6(address);
  try {
    const { rcode, authoritative, records } = await dns.queryServer(address, zone, "SOA");
    return { who, ipv6, rcode, authoritative, soa: records[0] };
  } catch (error) {
    if (error instanceof CannotCheck) return { who, ipv6 };
    throw error;
  }
}
