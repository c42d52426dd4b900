import type { Check } from "../../check";
import { extension } from "../../tls/hello";
import { best } from "../../tls/profile";
import { conclude, type Observation, survey } from "../../tls/survey";
import { version } from "../../tls/versions";

export const tlsExtendedMasterSecret: Check = {
  id: "tls-extended-master-secret",
  title: "The extended master secret is used",
  asks: "Whether every mail port binds the keys of TLS 1.2 to the handshake, against the triple handshake attack.",
  source: "RFC 7627 section 5.2; RFC 9325 section 3.5; internet.nl mail test 1.11",
  severity: "low",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        const { older } = await best(subject, port);
        if (!older) return [{ outcome: "passed", what: "agrees to TLS 1.3 only, which always has it" }];
        // An extension, which SSL 3.0 does not have.
        if (older.version === version.ssl3) return [];
        return older.extensions.has(extension.extendedMasterSecret)
          ? [{ outcome: "passed", what: "uses the extended master secret" }]
          : [{ outcome: "warning", what: "answers without the extension extended_master_secret" }];
      }),
      () =>
        "Update the server's TLS library (OpenSSL has it since 1.1.0) or the device in front of it that ends TLS.",
    ),
};
