import { certificateTrusted } from "../../../../verify/checks/certificate/trusted";
import { testAuthority } from "../support/certificates";
import { certificateFor, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";
import { hierarchy, hostOf, selfSigned } from "./support/chains";

/** Nobody's clock is in it. */
const longAgo = { notBefore: new Date("2020-01-01"), notAfter: new Date("2020-04-01") };

describeCheck(certificateTrusted, [
  {
    when: "a known authority vouches for the certificate of every port",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /on ports 25, 465, 587 and 993 serves a certificate that Test root vouches for\.$/,
  },
  {
    when: "it has expired, which is another check's",
    world: async () => mailHost(await certificateFor(longAgo)),
    outcome: "passed",
  },
  {
    when: "the operator trusts several authorities of his own, in one file",
    world: async () => {
      const [{ root }, world] = [await testAuthority(), await mailHost(await certificateFor(longAgo))];
      return { ...world, authorities: [[root, ...(world.authorities ?? [])].join("\n")] };
    },
    outcome: "passed",
  },
  {
    when: "it is for another name, which is another check's",
    world: async () => mailHost(await certificateFor({ names: ["www.example.com"] })),
    outcome: "passed",
  },
  {
    when: "its key is short, which is another check's",
    world: async () =>
      mailHost({ ...(await certificateFor({ keyType: "RSA-1024" })), ciphers: "ALL:@SECLEVEL=0" }),
    outcome: "passed",
  },
  {
    when: "the intermediate of the authority is sent",
    world: async () => hostOf(await hierarchy()),
    outcome: "passed",
    evidence: /that Old root vouches for/,
  },
  {
    when: "the intermediate has expired, which is another check's",
    world: async () => hostOf(await hierarchy({ notAfter: new Date("2021-01-01") })),
    outcome: "passed",
  },
  {
    when: "the intermediate of the authority is not sent",
    world: async () => {
      const authority = await hierarchy();
      return hostOf(authority, { 993: authority.leafAlone });
    },
    outcome: "failed",
    evidence:
      /^[^\n]*on port 993 serves a certificate without that of its issuer, Old intermediate, which is not known\.$/,
    remedy: /fullchain\.pem.*ssl_server_cert_file/,
  },
  {
    when: "the intermediate is sent, of a root that nobody knows",
    world: async () => ({ ...(await hostOf(await hierarchy())), authorities: [] }),
    outcome: "failed",
    evidence: /serves a certificate of the unknown authority Old root/,
  },
  {
    when: "IMAP has a self-signed certificate",
    world: async () => mailHost({}, { 993: await selfSigned() }),
    outcome: "failed",
    evidence: /on port 993 serves a self-signed certificate \(mx\.example\.com\)\.$/,
  },
  {
    when: "IMAP has a self-signed certificate that has expired too",
    world: async () => mailHost({}, { 993: await selfSigned(longAgo) }),
    outcome: "failed",
  },
  {
    when: "port 25 alone has a self-signed certificate, which senders mostly accept",
    world: async () => mailHost({}, { 25: await selfSigned() }),
    outcome: "warning",
    evidence: /on port 25 serves a self-signed certificate/,
  },
  {
    when: "the authority is one of the operator's own, that nobody knows",
    world: async () => mailHost(await (await testAuthority()).issue({ names: ["mx.example.com"] })),
    outcome: "failed",
    evidence: /Test root/,
  },
  {
    when: "the unknown authority's own certificate is sent",
    world: async () => {
      const own = await testAuthority();
      const { cert, key } = await own.issue({ names: ["mx.example.com"], ...longAgo });
      return mailHost({ cert: `${cert}\n${own.root}`, key });
    },
    outcome: "failed",
    evidence: /a certificate of the unknown authority Test root/,
  },
]);
