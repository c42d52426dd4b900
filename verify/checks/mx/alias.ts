import type { Check } from "../../check";
import { mailHosts } from "../../mail-hosts";
import { exchanges } from "../../mx/records";
import { failed, passed } from "../../outcome";

export const mxAlias: Check = {
  id: "mx-alias",
  title: "No mail host is an alias",
  asks: "Whether the names in the MX records have their addresses themselves: a CNAME there is forbidden, and some senders do not deliver to it.",
  source: "RFC 5321 section 5.1, RFC 2181 section 10.3",
  severity: "medium",
  run: async (subject) => {
    const { domain, dns } = subject;
    // A domain without MX records may itself be an alias.
    await exchanges(subject);
    // An alias that leads to no address is left out here; mx-address tells.
    const hosts = await Promise.all(
      (await mailHosts(subject)).map(async ({ name, preference }) => {
        const { aliases } = await dns.query(name, "A");
        const { aliases: ipv6 } = await dns.query(name, "AAAA");
        return { name, preference, target: [...aliases, ...ipv6].at(-1) };
      }),
    );
    const [first, ...more] = hosts.filter(({ target }) => target);
    if (!first) return passed(`No alias: ${hosts.map(({ name }) => name).join(", ")}.`);
    return failed(
      `${[first, ...more].map(({ name, target }) => `${name} is an alias of ${target}`).join(", ")}.`,
      `Publish "${domain}. MX ${first.preference} ${first.target}." in place of the alias, or give ${first.name} A and AAAA records of its own; its certificate must have the name that the MX record has.`,
    );
  },
};
