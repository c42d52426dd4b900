import { tlsRenegotiation } from "../../../../verify/checks/tls/renegotiation";
import { picking } from "../support/tls-hello";
import { hostWith, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";

describeCheck(tlsRenegotiation, [
  { when: "the extension is there", world: () => mailHost(), outcome: "passed" },
  { when: "there is TLS 1.3 alone", world: () => mailHost({ minVersion: "TLSv1.3" }), outcome: "passed" },
  {
    when: "the TLS library is of before 2010",
    world: async () => hostWith({ 465: await picking([0xc02f], { extensions: [[23, ""]] }) }),
    outcome: "failed",
    evidence: /on port 465 answers without the extension renegotiation_info/,
  },
  {
    when: "it has no extensions at all",
    world: async () => hostWith({ 465: await picking([0x002f], { version: 0x0300, extensions: [] }) }),
    outcome: "failed",
  },
]);
