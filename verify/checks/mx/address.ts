import { isIPv4 } from "node:net";
import type { Check } from "../../check";
import { addressesOf } from "../../mail-hosts";
import { exchanges, misnamed } from "../../mx/records";
import { failed, NotApplicable, passed } from "../../outcome";

export const mxAddress: Check = {
  id: "mx-address",
  title: "Every mail host has an address",
  asks: "Whether each name in the MX records resolves, and one of them for senders that have only IPv4.",
  source: "RFC 5321 section 5.1",
  severity: "critical",
  run: async (subject) => {
    const { domain, dns } = subject;
    // A name that is no name has no address either; mx-name tells.
    const names = (await exchanges(subject)).filter((name) => !misnamed(name));
    if (names.length === 0) throw new NotApplicable("No MX record has a valid name.");
    const hosts = await Promise.all(
      names.map(async (name) => ({
        name,
        addresses: await addressesOf(subject, name),
        rcode: (await dns.query(name, "A")).rcode,
      })),
    );
    const lost = hosts.filter(({ addresses }) => addresses.length === 0);
    if (lost.length > 0)
      return failed(
        `No address: ${lost.map(({ name, rcode }) => `${name} (${rcode === "NOERROR" ? "neither A nor AAAA" : rcode})`).join(", ")}.`,
        `Publish "${lost[0]?.name}. A" with the host's address, or remove "${domain}. MX ... ${lost[0]?.name}."`,
      );
    if (!hosts.some(({ addresses }) => addresses.some(isIPv4)))
      return failed(
        `No mail host has an IPv4 address: ${hosts.map(({ name, addresses }) => `${name} (${addresses.join(", ")})`).join(", ")}. Senders without IPv6 can't deliver.`,
        `Publish "${hosts[0]?.name}. A" with the host's IPv4 address.`,
      );
    return passed(hosts.map(({ name, addresses }) => `${name} has ${addresses.join(", ")}.`).join("\n"));
  },
};
