import { isIPv6 } from "node:net";
import type { Check } from "../../check";
import { mailHosts } from "../../mail-hosts";
import { passed, warning } from "../../outcome";

export const mxIpv6: Check = {
  id: "mx-ipv6",
  title: "Every mail host has an IPv6 address",
  asks: "Whether senders that have only IPv6 can deliver.",
  source: "RFC 5321 section 5.2; internet.nl",
  severity: "low",
  run: async (subject) => {
    const hosts = await mailHosts(subject);
    const without = hosts.filter(({ addresses }) => !addresses.some(isIPv6)).map(({ name }) => name);
    if (without.length === 0)
      return passed(
        hosts.map(({ name, addresses }) => `${name} has ${addresses.filter(isIPv6).join(", ")}.`).join("\n"),
      );
    return warning(
      `${without.join(", ")} ${without.length > 1 ? "have" : "has"} no IPv6 address.`,
      `Give the host one, let it in on port 25, and publish "${without[0]}. AAAA" with it.`,
    );
  },
};
