import { tlsExtendedMasterSecret } from "../../../../verify/checks/tls/extended-master-secret";
import { picking } from "../support/tls-hello";
import { hostWith, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";

/** SSL_OP_NO_EXTENDED_MASTER_SECRET of OpenSSL 3, which Node has no name for. */
const without = 1;

describeCheck(tlsExtendedMasterSecret, [
  { when: "the extension is there", world: () => mailHost(), outcome: "passed" },
  { when: "there is TLS 1.3 alone", world: () => mailHost({ minVersion: "TLSv1.3" }), outcome: "passed" },
  {
    when: "port 25 has it turned off",
    world: () => mailHost({}, { 25: { secureOptions: without } }),
    outcome: "warning",
    evidence: /on port 25 answers without the extension extended_master_secret/,
  },
  {
    when: "there is only SSL 3.0, which is another check's",
    world: async () => hostWith({ 465: await picking([0x002f], { version: 0x0300, extensions: [] }) }),
    outcome: "not-applicable",
  },
]);
