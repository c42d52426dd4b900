import type { Check } from "../../check";
import { mailHosts } from "../../mail-hosts";
import { specialAddress } from "../../mx/special-addresses";
import { failed, passed } from "../../outcome";

export const mxPublic: Check = {
  id: "mx-public",
  title: "The mail hosts' addresses are public",
  asks: "Whether the Internet leads to the addresses: mail to a private one waits at the sender, or goes to a host of the sender's own network.",
  source: "RFC 6890, RFC 1918 section 3",
  severity: "critical",
  run: async (subject) => {
    const hosts = await mailHosts(subject);
    const wrong = hosts.flatMap(({ name, addresses }) =>
      addresses.flatMap((address) => {
        const what = specialAddress(address);
        return what ? [{ name, address, what }] : [];
      }),
    );
    const [first] = wrong;
    if (!first) return passed(`All are public: ${hosts.flatMap(({ addresses }) => addresses).join(", ")}.`);
    return failed(
      `${wrong.map(({ name, address, what }) => `${name} has ${address} (${what})`).join(", ")}, where nobody outside gets to.`,
      `Remove "${first.name}. ${first.address.includes(":") ? "AAAA" : "A"} ${first.address}" from the public zone and publish the host's public address.`,
    );
  },
};
