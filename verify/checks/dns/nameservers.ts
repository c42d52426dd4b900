import type { Check } from "../../check";
import { listServers, nameServers } from "../../dns/zone";
import { failed, passed, warning } from "../../outcome";

export const dnsNameservers: Check = {
  id: "dns-nameservers",
  title: "Two name servers or more, each with an address",
  asks: "Whether the domain still resolves when one name server is down, and each server named can be found.",
  source: "RFC 1034 section 4.1, RFC 2182 section 5, RFC 2181 section 10.3",
  severity: "medium",
  run: async (subject) => {
    const { zone, servers } = await nameServers(subject);
    const aliased = await Promise.all(servers.map(({ name }) => subject.dns.query(name, "CNAME")));
    const aliases = servers.filter((_, index) => aliased[index]?.records.length).map(({ name }) => name);
    const lost = servers.filter(({ addresses }) => addresses.length === 0).map(({ name }) => name);
    if (lost.length > 0)
      // Where the name itself is free, whoever registers it answers for the domain.
      return failed(
        `${lost.join(" and ")}, named as name server of ${zone}, ${lost.length > 1 ? "have" : "has"} no address.`,
        `Publish an address for it (${lost[0]}. A ...), or remove "${zone}. NS ${lost[0]}." from the zone and at the registry.`,
      );
    if (aliases.length > 0)
      return warning(
        `${aliases.join(" and ")}, named as name server of ${zone}, is an alias, which NS records must not lead to.`,
        `Name the server by the name that has the address, in the zone and at the registry.`,
      );
    const addresses = new Set(servers.map(({ addresses }) => addresses[0]));
    if (addresses.size < 2)
      return warning(
        `${zone} has one name server: ${listServers(servers)}. While it is down, the domain does not resolve.`,
        `Add a second one in another network, in the zone (${zone}. NS ns2.${zone}.) and at the registry.`,
      );
    return passed(`${zone} is served by ${listServers(servers)}.`);
  },
};
