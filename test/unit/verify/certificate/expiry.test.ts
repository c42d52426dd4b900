import { certificateExpiry } from "../../../../verify/checks/certificate/expiry";
import { certificateFor, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";
import { hierarchy, hostOf, selfSigned } from "./support/chains";

const until = async (notAfter: string, notBefore = "2026-09-01") =>
  certificateFor({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) });

describeCheck(certificateExpiry, [
  {
    when: "the certificates have weeks to go",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /valid until 2027-01-01, 37 days from now/,
  },
  {
    when: "a certificate of six days has three to go, as it should",
    world: async () => mailHost(await until("2026-11-27T13:00:00Z", "2026-11-21")),
    outcome: "passed",
  },
  {
    when: "a certificate of six days was not renewed on its fifth",
    world: async () => mailHost(await until("2026-11-25T13:00:00Z", "2026-11-19")),
    outcome: "warning",
    evidence: /expires on 2026-11-25, 1 days from now/,
  },
  {
    when: "the renewal has not run for weeks",
    world: async () => mailHost(await until("2026-12-05")),
    outcome: "warning",
    evidence:
      /on ports 25, 465, 587 and 993 serves a certificate that expires on 2026-12-05, 10 days from now/,
    remedy: /timers/,
  },
  {
    when: "the IMAP server still has one that has expired",
    world: async () => mailHost({}, { 993: await until("2026-11-20") }),
    outcome: "failed",
    evidence: /^[^\n]*on port 993 serves a certificate that expired on 2026-11-20\.$/,
  },
  {
    when: "the host's clock was wrong when it was made",
    world: async () => mailHost(await until("2028-01-01", "2027-10-01")),
    outcome: "failed",
    evidence: /not valid before 2027-10-01/,
  },
  {
    when: "it has expired and nobody vouches for it either",
    world: async () =>
      mailHost(await selfSigned({ notBefore: new Date("2020-01-01"), notAfter: new Date("2021-01-01") })),
    outcome: "failed",
  },
  {
    when: "the intermediate has expired",
    world: async () => hostOf(await hierarchy({ notAfter: new Date("2026-11-01") })),
    outcome: "failed",
    evidence: /the intermediate certificate of Old intermediate that expired on 2026-11-01/,
  },
]);
