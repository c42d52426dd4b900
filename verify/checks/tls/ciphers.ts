import type { Check } from "../../check";
import type { Subject } from "../../subject";
import type { MailPort } from "../../tls/certificates";
import { best, oldVersions, weakSuites } from "../../tls/profile";
import { settings } from "../../tls/remedy";
import type { Weakness } from "../../tls/suites";
import { conclude, type Observation, survey } from "../../tls/survey";

/** Safe as long as nobody records the traffic and finds the key or an oracle later; the others are not. */
const belowStandard: readonly (Weakness | undefined)[] = ["static RSA", "CBC"];

export const tlsCiphers: Check = {
  id: "tls-ciphers",
  title: "Only strong cipher suites are agreed to",
  asks: "Whether every mail port insists on forward secrecy and authenticated encryption in TLS 1.2.",
  source: "RFC 9325 section 4; RFC 7465; RFC 10015; internet.nl mail test 1.11",
  severity: "high",
  run: async (subject) =>
    conclude(
      await survey(subject, (port) => observe(subject, port)),
      settings(
        "Allow ECDHE with AES-GCM or ChaCha20 only",
        "smtpd_tls_ciphers = high, smtpd_tls_mandatory_ciphers = high and tls_high_cipherlist = ECDHE+AESGCM:ECDHE+CHACHA20",
        "ssl_cipher_list = ECDHE+AESGCM:ECDHE+CHACHA20",
      ),
    ),
};

async function observe(subject: Subject, port: MailPort): Promise<Observation[]> {
  const { older } = await best(subject, port);
  if (!older) return [{ outcome: "passed", what: "agrees to TLS 1.3 only, which has no weak cipher suites" }];
  const [suites, old] = await Promise.all([weakSuites(subject, port), oldVersions(subject, port)]);
  const judged = suites
    // The check of the key exchange tells DHE.
    .filter(({ weakness }) => weakness !== "DHE")
    // Old versions have nothing else; they are a check of their own.
    .filter(({ weakness }) => weakness !== "CBC" || old.length === 0);
  if (judged.length > 0)
    return judged.map(({ name, weakness }) => ({
      outcome: belowStandard.includes(weakness) ? "warning" : "failed",
      what: `agrees to ${weakness}, for example ${name}`,
    }));
  if (suites.some(({ weakness }) => weakness === "CBC")) return [];
  return [{ outcome: "passed", what: "agrees to strong cipher suites only" }];
}
