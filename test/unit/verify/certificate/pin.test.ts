import { createHash, createPublicKey } from "node:crypto";
import { certificatePin } from "../../../../verify/checks/certificate/pin";
import type { TestCertificate } from "../support/certificates";
import { certificateFor, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";
import { selfSigned } from "./support/chains";

const pinOf = ({ key }: TestCertificate) =>
  createHash("sha256")
    .update(createPublicKey(key).export({ type: "spki", format: "der" }))
    .digest("hex");

const declaring = (hostKeySha256?: string, hostname = "mx.example.com") => ({
  expected: { hostname, addresses: ["192.0.2.1"], records: [], hostKeySha256 },
});

describeCheck(certificatePin, [
  {
    when: "every port has the declared key",
    world: async () => {
      const own = await certificateFor();
      return { ...(await mailHost(own)), ...declaring(pinOf(own).toUpperCase()) };
    },
    outcome: "passed",
    evidence: /on ports 25, 465, 587 and 993 has the declared key [0-9a-f]{64}/,
  },
  {
    when: "the host still has its bootstrap certificate, with the declared key",
    world: async () => {
      const own = await selfSigned();
      return { ...(await mailHost(own)), ...declaring(pinOf(own)) };
    },
    outcome: "passed",
  },
  {
    when: "the ACME client has made a key of its own",
    world: async () => {
      const own = await certificateFor();
      return { ...(await mailHost(own, { 993: await certificateFor() })), ...declaring(pinOf(own)) };
    },
    outcome: "failed",
    evidence: /^[^\n]*on port 993 has the key [0-9a-f]{64}, declared is [0-9a-f]{64}\.$/,
    remedy: /_25\._tcp\.mx\.example\.com\. TLSA 3 1 1/,
  },
  {
    when: "the wrong certificate is one that nobody vouches for, which is another check's",
    world: async () => ({ ...(await mailHost(await selfSigned())), ...declaring("00".repeat(32)) }),
    outcome: "not-applicable",
  },
  {
    when: "mail goes to another host than the declared one",
    world: async () => ({ ...(await mailHost()), ...declaring("00".repeat(32), "mx2.example.net") }),
    outcome: "not-applicable",
  },
  { when: "no key is declared", world: () => mailHost(), outcome: "not-applicable" },
]);
