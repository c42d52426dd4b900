import type { Check } from "../../check";
import { describeServer, faultsOf } from "../../discovery/server";
import { type Announcement, announcements, srvLines } from "../../discovery/srv";
import { failed, NotApplicable, passed, warning } from "../../outcome";

/** Bounds what a domain with many records costs. */
const serverLimit = 12;

export const discoverySrvTargets: Check = {
  id: "discovery-srv-targets",
  title: "The servers that SRV records name can be used",
  asks: "Whether each target has an address itself, listens on the port, begins TLS there and has a trusted certificate for its name. Mail programs give up otherwise.",
  source: "RFC 2782; RFC 6186 sections 3 and 6; RFC 8314 section 5.1",
  severity: "medium",
  run: async (subject) => {
    const said = await announcements(subject);
    const servers = said.flatMap(serversOf).slice(0, serverLimit);
    if (servers.length === 0) throw new NotApplicable("No SRV record names a server.");
    const lines = said.flatMap(srvLines);
    const faults = await faultsOf(subject, servers);
    const [worst] = faults;
    if (worst)
      return (worst.outcome === "failed" ? failed : warning)(
        [...faults.map(({ text }) => text), ...lines].join("\n"),
        `Start the service or let the record name the host that has it; what is not offered has the target ".": ${said.find(({ records }) => records.length > 0)?.name}. SRV 0 0 0 .`,
      );
    const aliases = await Promise.all(servers.map(({ name }) => subject.dns.query(name, "CNAME")));
    const aliased = servers.filter((_, index) => aliases[index]?.records.length);
    const [alias] = aliased;
    if (alias)
      return warning(
        [
          `${[...new Set(aliased.map(({ name }) => name))].join(", ")}: an alias, which SRV records must not name.`,
          ...lines,
        ].join("\n"),
        `Name the host that has the address, in place of ${alias.name}; its certificate must be for that name.`,
      );
    return passed([`Of use: ${servers.map(describeServer).join(", ")}.`, ...lines].join("\n"));
  },
};

function serversOf({ records, begins }: Announcement) {
  return records
    .filter(({ target }) => target !== "")
    .map(({ target, port }) => ({ name: target, port, begins }));
}
