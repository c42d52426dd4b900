import { certificateSame } from "../../../../verify/checks/certificate/same";
import { certificateFor, hostWith, mailHost, sharedAuthority, tlsServer } from "../support/tls-server";
import { describeCheck } from "../support/world";
import { selfSigned } from "./support/chains";

const dated = (notBefore: string, notAfter = "2026-12-24") =>
  certificateFor({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) });

describeCheck(certificateSame, [
  {
    when: "all ports have the same",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /on ports 25, 465, 587 and 993 serves the certificate of 2026-11-01/,
  },
  {
    when: "Dovecot was not reloaded after the renewal",
    world: async () => mailHost({}, { 993: await dated("2026-09-25") }),
    outcome: "warning",
    evidence:
      /^[^\n]*on port 993 serves the certificate of 2026-09-25 \(serial \w+\), while port 25 has that of 2026-11-01/,
    remedy: /reload/,
  },
  {
    when: "it has another name, which is another check's",
    world: async () => mailHost({}, { 993: await certificateFor({ names: ["imap.example.com"] }) }),
    outcome: "passed",
  },
  {
    when: "it has expired by now, which is another check's",
    world: async () => mailHost({}, { 993: await dated("2026-08-20", "2026-11-20") }),
    outcome: "passed",
  },
  {
    when: "nobody vouches for it, which is another check's",
    world: async () => mailHost({}, { 993: await selfSigned() }),
    outcome: "passed",
  },
  {
    when: "there is one port only",
    world: async () =>
      hostWith(
        { 465: await tlsServer(await certificateFor()) },
        { authorities: [(await sharedAuthority()).root] },
      ),
    outcome: "not-applicable",
  },
]);
