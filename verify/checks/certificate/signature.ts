import "reflect-metadata";
import type { X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Check } from "../../check";
import { certificateOf } from "../../tls/certificates";
import { subjectName } from "../../tls/names";
import { conclude, type Observation, survey } from "../../tls/survey";

/** Algorithms that the library knows by their object identifiers alone, or not by their hash. */
const weakAlgorithms: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.2", "MD2"],
  ["1.2.840.113549.1.1.3", "MD4"],
  ["1.2.840.113549.1.1.4", "MD5"],
  ["1.2.840.113549.1.1.14", "SHA-224"],
  ["1.2.840.10040.4.3", "SHA-1"],
  ["1.2.840.10045.4.3.1", "SHA-224"],
]);

export const certificateSignature: Check = {
  id: "certificate-signature",
  title: "Certificates are signed with SHA-256 or better",
  asks: "Whether a forger could make another certificate with the signature of one that a mail port sends; a root's own signature proves nothing and is left out.",
  source: "RFC 9325 section 4.5; internet.nl mail test 1.11",
  severity: "medium",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        const { chain } = await certificateOf(subject, port);
        const sent = chain.filter(({ subject, issuer }) => subject !== issuer);
        const weak = sent.flatMap((certificate): Observation[] => {
          const hash = weakHash(certificate);
          const what = `sends the certificate of ${subjectName(certificate)} signed with ${hash}`;
          return hash ? [{ outcome: "failed", what }] : [];
        });
        if (weak.length > 0) return weak;
        // Who signs for himself is not believed anyway.
        return sent.length > 0
          ? [{ outcome: "passed", what: "sends certificates signed with SHA-256 or better" }]
          : [];
      }),
      () =>
        "Request a new certificate from a public authority; all of them sign with SHA-256 or better. Where it is an intermediate, replace the file with the one that the authority gives out today.",
    ),
};

function weakHash({ raw }: X509Certificate): string | undefined {
  const algorithm: { readonly name: string; readonly hash?: { readonly name: string } } =
    new x509.X509Certificate(raw).signatureAlgorithm as x509.HashedAlgorithm & { name: string };
  const { name, hash } = algorithm;
  return hash?.name === "SHA-1" ? "SHA-1" : weakAlgorithms.get(name);
}
