import { certificateKey } from "../../../../verify/checks/certificate/key";
import { certificateFor, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";
import { hierarchy, hostOf } from "./support/chains";

/** OpenSSL serves such certificates only when it is told to. */
const weak = { ciphers: "ALL:@SECLEVEL=0" };

describeCheck(certificateKey, [
  {
    when: "the key is on P-256",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /has a key of ECDSA on prime256v1/,
  },
  {
    when: "the key is RSA with 3072 bits",
    world: async () => mailHost(await certificateFor({ keyType: "RSA-3072" })),
    outcome: "passed",
    evidence: /RSA with 3072 bits/,
  },
  {
    when: "the key is RSA with 2048 bits, which is being phased out",
    world: async () => mailHost({}, { 993: await certificateFor({ keyType: "RSA-2048" }) }),
    outcome: "warning",
    evidence: /on port 993 sends the certificate of mx\.example\.com with a key of RSA with 2048 bits/,
    remedy: /ec256/,
  },
  {
    when: "the key is RSA with 1024 bits",
    world: async () => mailHost({ ...(await certificateFor({ keyType: "RSA-1024" })), ...weak }),
    outcome: "failed",
    evidence: /RSA with 1024 bits/,
  },
  {
    when: "the authority's intermediate has RSA with 2048 bits, which nobody but it can change",
    world: async () => hostOf(await hierarchy({ rsaBits: 2048 })),
    outcome: "passed",
    evidence: /has a key of ECDSA on prime256v1, issued by one of RSA with 2048 bits/,
  },
  {
    when: "the authority's intermediate can be broken",
    world: async () => {
      const authority = await hierarchy({ rsaBits: 1024 });
      return hostOf({ ...authority, whole: { ...authority.whole, ...weak } });
    },
    outcome: "failed",
    evidence: /the certificate of Old intermediate with a key of RSA with 1024 bits/,
  },
]);
