import type { Check } from "../../check";
import { extension } from "../../tls/hello";
import { best } from "../../tls/profile";
import { conclude, type Observation, survey } from "../../tls/survey";

export const tlsRenegotiation: Check = {
  id: "tls-renegotiation",
  title: "Renegotiation is secure",
  asks: "Whether every mail port has the renegotiation_info extension, without which an attacker can put commands before a client's, and today's clients refuse to connect.",
  source: "RFC 5746 section 3.6; RFC 9325 section 3.5; internet.nl mail test 1.11",
  severity: "medium",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        const { older } = await best(subject, port);
        if (!older)
          return [{ outcome: "passed", what: "agrees to TLS 1.3 only, which has no renegotiation" }];
        return older.extensions.has(extension.renegotiationInfo)
          ? [{ outcome: "passed", what: "renegotiates securely" }]
          : [{ outcome: "failed", what: "answers without the extension renegotiation_info" }];
      }),
      () =>
        "Update the server's TLS library (OpenSSL has it since 0.9.8m) or the device in front of it that ends TLS.",
    ),
};
