import { isIPv6 } from "node:net";
import type { Check } from "../../check";
import { listServers, nameServers } from "../../dns/zone";
import { passed, warning } from "../../outcome";

export const dnsNameserversIpv6: Check = {
  id: "dns-nameservers-ipv6",
  title: "Two name servers have an IPv6 address",
  asks: "Whether those who have only IPv6 can resolve the domain, even when one name server is down.",
  source: "RFC 6540 section 2; internet.nl",
  severity: "low",
  run: async (subject) => {
    const { zone, servers } = await nameServers(subject);
    const able = servers.filter(({ addresses }) => addresses.some(isIPv6));
    // That there is only one name server is what dns-nameservers tells.
    const wanted = Math.min(2, servers.length);
    if (able.length >= wanted) return passed(`${listServers(able)} can be asked over IPv6.`);
    const without = servers.filter((server) => !able.includes(server)).map(({ name }) => name);
    return warning(
      `${able.length} of the ${servers.length} name servers of ${zone} has an IPv6 address; ${without.join(", ")} has none.`,
      `Publish "${without[0]}. AAAA" with the server's address, or move the zone to a DNS provider with IPv6.`,
    );
  },
};
