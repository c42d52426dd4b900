import type { Check } from "../../check";
import type { Subject } from "../../subject";
import type { MailPort } from "../../tls/certificates";
import { groupOf } from "../../tls/groups";
import { best, weakCurves, weakSuites } from "../../tls/profile";
import { settings } from "../../tls/remedy";
import { conclude, type Observation, survey } from "../../tls/survey";

/** Bits; with less, states can compute the key (RFC 9325 section 4.5). */
const smallestPrime = 2048;
const smallestCurve = 224;

export const tlsKeyExchange: Check = {
  id: "tls-key-exchange",
  title: "Keys are exchanged by ECDHE in good groups only",
  asks: "Whether any mail port agrees to Diffie-Hellman in a weak group, or to the deprecated DHE at all.",
  source: "RFC 9325 section 4.5; RFC 10015; RFC 8422 section 5.1.1; internet.nl mail test 1.11",
  severity: "medium",
  run: async (subject) =>
    conclude(
      await survey(subject, (port) => observe(subject, port)),
      settings(
        "Leave ECDHE as the only key exchange, with X25519, P-256, P-384 and P-521",
        "smtpd_tls_exclude_ciphers = kDHE, kRSA, aNULL and tls_eecdh_auto_curves = X25519 prime256v1 secp384r1 secp521r1",
        "ssl_cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20 and ssl_curve_list = X25519:P-256:P-384:P-521",
      ),
    ),
};

async function observe(subject: Subject, port: MailPort): Promise<Observation[]> {
  const { older } = await best(subject, port);
  if (!older) return [{ outcome: "passed", what: "agrees to TLS 1.3 only, which has no weak groups" }];
  const [suites, curves] = await Promise.all([weakSuites(subject, port), weakCurves(subject, port)]);
  const dhe = suites
    .filter(({ weakness }) => weakness === "DHE")
    .map(({ primeBits = 0, name }): Observation => {
      const outcome = primeBits < smallestPrime ? "failed" : "warning";
      return { outcome, what: `agrees to DHE with a prime of ${primeBits} bits, for example ${name}` };
    });
  const weak = curves.map(({ name, bits }): Observation => {
    const outcome = bits < smallestCurve ? "failed" : "warning";
    return { outcome, what: `agrees to ECDHE in the weak group ${name}` };
  });
  if (dhe.length + weak.length > 0) return [...dhe, ...weak];
  // Static RSA has no group; the check of the cipher suites tells it.
  if (older.group === undefined) return [];
  return [
    { outcome: "passed", what: `exchanges keys by ECDHE in ${groupOf(older.group)?.name ?? "a good group"}` },
  ];
}
