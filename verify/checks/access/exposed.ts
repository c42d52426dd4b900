import { exposedAt, internals } from "../../access/internals";
import { accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { mailHosts } from "../../mail-hosts";
import { failed, NotApplicable, passed } from "../../outcome";
import type { Subject } from "../../subject";

export const accessExposed: Check = {
  id: "access-exposed",
  title: "Nothing internal answers to strangers",
  asks: "Whether the mail host's databases, filters, statistics and delivery ports answer from outside. Most of them ask for no password.",
  source: "the programs' own documentation; CIS Controls v8, 4.4 and 4.8",
  severity: "critical",
  run: async (subject) => {
    const addresses = await ownAddresses(subject);
    const found = await Promise.all(
      addresses.map(async (address) =>
        (await subject.once(`internals of ${address}`, () => exposedAt(subject, address))).map(
          ({ port, what, says }) => `${address} port ${port}: ${what}${says ? ` (it says: ${says})` : ""}`,
        ),
      ),
    );
    const open = found.flat();
    if (open.length === 0)
      return passed(
        `None of ${internals.length} ports of internal services answers at ${addresses.join(", ")}.`,
      );
    return failed(
      [
        `${open.length === 1 ? "An internal service answers" : `${open.length} internal services answer`} to strangers.`,
        ...open,
      ].join("\n"),
      "Let the service listen on 127.0.0.1 only, and let the firewall pass nothing but 25, 80, 443, 465, 587, 993 and what else users need.",
    );
  },
};

/** Ports of someone else's hosts are not tried: only of those in the domain or declared by the stack. */
async function ownAddresses(subject: Subject): Promise<readonly string[]> {
  const access = await accessHost(subject, "imaps");
  const hosts = [...(await mailHosts(subject)), { name: access.name, addresses: [access.address] }];
  const own = hosts.filter(
    ({ name }) =>
      name === subject.domain || name.endsWith(`.${subject.domain}`) || name === subject.expected?.hostname,
  );
  const addresses = new Set(own.flatMap(({ addresses }) => addresses));
  if (addresses.size > 0) return [...addresses];
  const names = hosts.map(({ name }) => name).join(", ");
  throw new NotApplicable(
    `The mail hosts are not in ${subject.domain} (${names}); verify the domain that they are in.`,
  );
}
