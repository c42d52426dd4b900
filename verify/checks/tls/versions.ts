import type { Check } from "../../check";
import { best, oldVersions } from "../../tls/profile";
import { settings } from "../../tls/remedy";
import { conclude, type Observation, survey } from "../../tls/survey";
import { type Version, version, versionName } from "../../tls/versions";

export const tlsVersions: Check = {
  id: "tls-versions",
  title: "No outdated version of TLS is spoken",
  asks: "Whether any mail port still agrees to SSL 3.0, TLS 1.0 or TLS 1.1, whose protection can be broken.",
  source: "RFC 8996 sections 4 and 5; RFC 7568 section 3; internet.nl mail test 1.11",
  severity: "medium",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        const [{ tls13, older }, old] = await Promise.all([best(subject, port), oldVersions(subject, port)]);
        if (old.length > 0) return [{ outcome: "failed", what: `agrees to ${names(old)}` }];
        const good: Version[] = [...(older ? [version.tls12] : []), ...(tls13 ? [version.tls13] : [])];
        return [{ outcome: "passed", what: `agrees to ${names(good)} and to nothing older` }];
      }),
      settings(
        "Allow TLS 1.2 and later only",
        "smtpd_tls_protocols = >=TLSv1.2 and smtpd_tls_mandatory_protocols = >=TLSv1.2",
        "ssl_min_protocol = TLSv1.2",
      ),
    ),
};

function names(versions: readonly Version[]): string {
  return versions.map(versionName).join(" and ");
}
