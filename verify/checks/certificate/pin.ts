import { createHash, type X509Certificate } from "node:crypto";
import type { Check } from "../../check";
import { NotApplicable } from "../../outcome";
import { certificateOf } from "../../tls/certificates";
import { conclude, type Observation, survey } from "../../tls/survey";

export const certificatePin: Check = {
  id: "certificate-pin",
  title: "The certificates are for the declared key",
  asks: "Whether each mail port of the declared host serves a certificate for the key that the stack declares, which its TLSA records are made of.",
  source: "RFC 6698 section 2.1; RFC 7672 section 3.1.1",
  severity: "high",
  run: async (subject) => {
    const { hostname, hostKeySha256 } = subject.expected ?? {};
    if (!hostKeySha256) throw new NotApplicable("No host key is declared.");
    const declared = hostKeySha256.toLowerCase();
    return conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        if (port.host !== hostname) return [];
        const { leaf, distrust } = await certificateOf(subject, port);
        const served = keySha256(leaf);
        if (served === declared) return [{ outcome: "passed", what: `has the declared key ${declared}` }];
        // A certificate that nobody trusts is the wrong one altogether.
        if (distrust) return [];
        return [{ outcome: "failed", what: `has the key ${served}, declared is ${declared}` }];
      }),
      () =>
        `Request the certificate with the declared key (lego --csr with the declared signing request) and reload the servers, or declare the key that is in use: _25._tcp.${hostname}. TLSA 3 1 1 has to be of the key in use.`,
    );
  },
};

/** Of the SubjectPublicKeyInfo, hexadecimal. */
function keySha256({ publicKey }: X509Certificate): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
}
