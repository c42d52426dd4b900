import type { Check } from "../../check";
import { best } from "../../tls/profile";
import { settings } from "../../tls/remedy";
import { conclude, type Observation, survey } from "../../tls/survey";
import { version } from "../../tls/versions";

export const tlsModern: Check = {
  id: "tls-modern",
  title: "The newest version of TLS is offered",
  asks: "Whether every mail port agrees to TLS 1.3, which has no weak options left.",
  source: "RFC 9325 section 3.1.1; internet.nl mail test 1.11",
  severity: "low",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        const { tls13, older } = await best(subject, port);
        if (tls13) return [{ outcome: "passed", what: "agrees to TLS 1.3" }];
        // Without 1.2 either, it is the old versions that are at fault.
        if (older?.version !== version.tls12) return [];
        return [{ outcome: "warning", what: "has TLS 1.2 as its best and does not agree to TLS 1.3" }];
      }),
      settings(
        "Allow TLS 1.3",
        "smtpd_tls_protocols = >=TLSv1.2 with OpenSSL 1.1.1 or later",
        "ssl_min_protocol = TLSv1.2 with OpenSSL 1.1.1 or later",
      ),
    ),
};
