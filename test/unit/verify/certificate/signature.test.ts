import { certificateSignature } from "../../../../verify/checks/certificate/signature";
import { certificateFor, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";
import { hierarchy, hostOf, selfSigned } from "./support/chains";

/** OpenSSL serves such certificates only when it is told to. */
const weak = { ciphers: "ALL:@SECLEVEL=0" };

describeCheck(certificateSignature, [
  { when: "all are signed with SHA-256", world: () => mailHost(), outcome: "passed" },
  {
    when: "a certificate of today has an empty subject",
    world: async () => hostOf(await hierarchy()),
    outcome: "passed",
  },
  {
    when: "an authority of before 2016 has signed the certificate",
    world: async () => mailHost({}, { 993: { ...(await certificateFor({ hash: "SHA-1" })), ...weak } }),
    outcome: "failed",
    evidence: /on port 993 sends the certificate of mx\.example\.com signed with SHA-1/,
  },
  {
    when: "the intermediate is signed with SHA-1",
    world: async () => {
      const authority = await hierarchy({ hash: "SHA-1" });
      return hostOf({ ...authority, whole: { ...authority.whole, ...weak } });
    },
    outcome: "failed",
    evidence: /the certificate of Old intermediate signed with SHA-1/,
  },
  {
    when: "it is self-signed, which is another check's",
    world: async () => mailHost(await selfSigned()),
    outcome: "not-applicable",
  },
]);
