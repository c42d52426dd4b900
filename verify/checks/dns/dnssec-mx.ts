import type { Check } from "../../check";
import { signing } from "../../dns/signing";
import { zoneOf } from "../../dns/zone";
import { mailHosts } from "../../mail-hosts";
import { failed, NotApplicable, passed, warning } from "../../outcome";

export const dnsDnssecMx: Check = {
  id: "dns-dnssec-mx",
  title: "The zones of the mail hosts are signed",
  asks: "Whether DNSSEC protects the addresses of the mail hosts too: without it DANE protects no mail, however the domain itself is signed.",
  source: "RFC 7672 section 2.2",
  severity: "medium",
  run: async (subject) => {
    const own = await zoneOf(subject, subject.domain);
    const ownState = await signing(subject, own.name, [{ name: own.name, type: "SOA" }]);
    const hosts = await Promise.all(
      (await mailHosts(subject)).map(async ({ name }) => {
        const zone = (await zoneOf(subject, name)).name;
        const records = (["A", "AAAA"] as const).map((type) => ({ name, type }));
        return { name, zone, security: (await signing(subject, zone, records)).security };
      }),
    );
    // Where the domain's own zone is not protected, dns-dnssec tells.
    const others = hosts.filter(({ zone }) => zone !== own.name || ownState.security === "secure");
    if (others.length === 0)
      throw new NotApplicable(`All mail hosts are in ${own.name}, the domain's own zone.`);
    const [bogus, insecure, secure] = ["bogus", "insecure", "secure"].map((state) =>
      others
        .filter(({ security }) => security === state)
        .map(({ name, zone }) => `${name} (zone ${zone})`)
        .join(", "),
    );
    if (bogus)
      return failed(
        `The signatures over the addresses of ${bogus} do not validate.`,
        "Sign the zone anew and make the DS record at its registry fit; mail from senders that validate waits until then.",
      );
    if (insecure)
      return warning(
        `The addresses of ${insecure} are not protected by DNSSEC.`,
        "Switch DNSSEC on for that zone, or ask the mail provider to, or name a mail host in a zone that is signed.",
      );
    return passed(`The addresses of ${secure} are signed and validate.`);
  },
};
