import type { KeyObject, X509Certificate } from "node:crypto";
import type { Check } from "../../check";
import { certificateOf } from "../../tls/certificates";
import { subjectName } from "../../tls/names";
import { conclude, type Observation, survey } from "../../tls/survey";

/** Bits of RSA: NCSC-NL phases out less than the first and counts less than the second as broken. */
const good = 3072;
const least = 2048;
const goodCurves = ["prime256v1", "secp384r1", "secp521r1"];

export const certificateKey: Check = {
  id: "certificate-key",
  title: "Certificates have strong keys",
  asks: "Whether the keys of the certificates that each mail port sends are elliptic curves or RSA of 3072 bits and more.",
  source: "RFC 9325 section 4.5; internet.nl mail test 1.11",
  severity: "medium",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port) => {
        const { chain } = await certificateOf(subject, port);
        const sent = chain.filter(({ subject, issuer }, index) => index === 0 || subject !== issuer);
        const weak = sent.flatMap((certificate) => weakness(certificate));
        return weak.length > 0
          ? weak
          : [{ outcome: "passed", what: `has a key of ${kind(chain[0]?.publicKey)}` } as const];
      }),
      () =>
        "Request the next certificate with an ECDSA key on P-256 (lego --key-type ec256, certbot --key-type ecdsa); publish the new key's TLSA record first if there is one.",
    ),
};

function weakness({ publicKey, subject }: X509Certificate): Observation[] {
  const outcome = judge(publicKey);
  return outcome === "passed"
    ? []
    : [
        {
          outcome,
          what: `sends the certificate of ${subjectName(subject)} with a key of ${kind(publicKey)}`,
        },
      ];
}

function judge({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Observation["outcome"] {
  switch (asymmetricKeyType) {
    case "rsa":
    case "rsa-pss": {
      const { modulusLength = 0 } = asymmetricKeyDetails ?? {};
      return modulusLength >= good ? "passed" : modulusLength >= least ? "warning" : "failed";
    }
    case "ec":
      return goodCurves.includes(asymmetricKeyDetails?.namedCurve ?? "") ? "passed" : "warning";
    case "dsa":
      return "failed";
    default:
      return "passed";
  }
}

function kind(key: KeyObject | undefined): string {
  const { modulusLength, namedCurve } = key?.asymmetricKeyDetails ?? {};
  if (modulusLength) return `RSA with ${modulusLength} bits`;
  return namedCurve ? `ECDSA on ${namedCurve}` : (key?.asymmetricKeyType ?? "an unknown kind");
}
