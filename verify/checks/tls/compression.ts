import type { Check } from "../../check";
import { best } from "../../tls/profile";
import { settings } from "../../tls/remedy";
import { conclude, type Observation, survey } from "../../tls/survey";

export const tlsCompression: Check = {
  id: "tls-compression",
  title: "TLS does not compress",
  asks: "Whether any mail port agrees to compression in TLS, whose lengths tell secrets (CRIME).",
  source: "RFC 9325 section 3.3; internet.nl mail test 1.11",
  severity: "medium",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        const { older } = await best(subject, port);
        return older?.compression
          ? [{ outcome: "failed", what: "agrees to DEFLATE compression in TLS" }]
          : [{ outcome: "passed", what: "does not compress in TLS" }];
      }),
      settings(
        "Turn the compression of TLS off",
        "tls_ssl_options = NO_COMPRESSION",
        "ssl_options = no_compression",
      ),
    ),
};
