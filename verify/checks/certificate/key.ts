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
  asks: "Whether each mail port's key is on an elliptic curve or RSA of 3072 bits and more, and no intermediate's key can be broken.",
  source: "RFC 9325 section 4.5; internet.nl mail test 1.11",
  severity: "medium",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port) => observe((await certificateOf(subject, port)).chain)),
      () =>
        "Request the next certificate with an ECDSA key on P-256 (lego --key-type ec256, certbot --key-type ecdsa); publish the new key's TLSA record first if there is one.",
    ),
};

function observe(chain: readonly X509Certificate[]): Observation[] {
  const weak = chain.flatMap((certificate, index): Observation[] => {
    const { publicKey, subject, issuer } = certificate;
    const outcome = judge(publicKey);
    const what = `sends the certificate of ${subjectName(certificate)} with a key of ${kind(publicKey)}`;
    if (index === 0) return outcome === "passed" ? [] : [{ outcome, what }];
    // A root's key is the authority's; so is an intermediate's, as long as it can't be broken today.
    return outcome === "failed" && subject !== issuer ? [{ outcome, what }] : [];
  });
  const keys = chain.map(({ publicKey }) => kind(publicKey));
  return weak.length > 0
    ? weak
    : [{ outcome: "passed", what: `has a key of ${keys.join(", issued by one of ")}` }];
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
