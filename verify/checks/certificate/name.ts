import { announcedHosts } from "../../access-hosts";
import type { Check } from "../../check";
import { canonicalName } from "../../mail-hosts";
import { certificateOf } from "../../tls/certificates";
import { certifiedNames } from "../../tls/names";
import { conclude, type Observation, survey } from "../../tls/survey";

export const certificateName: Check = {
  id: "certificate-name",
  title: "Every mail port's certificate is for the host's name",
  asks: "Whether the certificate names the host that the MX record names, which mail programs connect to as well where no SRV record names another.",
  source: "RFC 9525 section 6; RFC 8461 section 4.2; RFC 7672 section 3.2.3; RFC 8314 section 3",
  severity: "high",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        const { leaf, distrust } = await certificateOf(subject, port);
        // The names that nobody vouches for mean nothing.
        if (distrust) return [];
        // Mail programs of today no longer read the common name (RFC 9525 section 2).
        const serves = (name: string) => leaf.checkHost(name, { subject: "never", partialWildcards: false });
        // That the MX record names an alias is another check's.
        if (serves(port.host) || serves(await canonicalName(subject, port.host)))
          return [{ outcome: "passed", what: "serves a certificate for its name" }];
        if (port.service.port !== 25) {
          const { own, all } = await announcedHosts(subject, port.service.port);
          // Mail programs go where the SRV record says, whose certificate discovery-srv-targets looks at.
          if (own.length > 0 && !own.includes(port.host)) return [];
          const known = own.length === 0 && all.find(serves);
          if (known) return [{ outcome: "passed", what: `serves a certificate for ${known}` }];
        }
        const names = certifiedNames(leaf);
        const what = `serves a certificate for ${names.length > 0 ? names.join(", ") : "no name"}, not for ${port.host}`;
        return [{ outcome: port.service.port === 25 ? "warning" : "failed", what }];
      }),
      () =>
        "Request a certificate whose subjectAltName has the name of the MX record and serve it on every mail port, or let the MX record name the host that the certificate is for.",
    ),
};
