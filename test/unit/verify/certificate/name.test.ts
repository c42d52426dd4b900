import { certificateName } from "../../../../verify/checks/certificate/name";
import { certificateFor, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";
import { selfSigned } from "./support/chains";

const other = () => certificateFor({ names: ["www.example.com", "example.com"] });

describeCheck(certificateName, [
  { when: "every port has a certificate for the MX name", world: () => mailHost(), outcome: "passed" },
  {
    when: "it is one for all names of the domain",
    world: async () => mailHost(await certificateFor({ names: ["*.example.com"] })),
    outcome: "passed",
  },
  {
    when: "the MX record names an alias of the host, which is another check's",
    world: async () => {
      const world = await mailHost();
      const zone = { ...world.zone, "example.com MX": ["10 mail.example.com"] };
      return { ...world, zone: { ...zone, "mail.example.com CNAME": ["mx.example.com"] } };
    },
    outcome: "passed",
  },
  {
    when: "the mail programs' ports have the web server's certificate",
    world: async () => {
      const web = await other();
      return mailHost({}, { 465: web, 993: web });
    },
    outcome: "failed",
    evidence:
      /^[^\n]*on ports 465 and 993 serves a certificate for www\.example\.com, example\.com, not for mx\.example\.com\.$/,
    remedy: /subjectAltName/,
  },
  {
    when: "SRV records name another name of the host, which the certificates of the mail programs' ports are for",
    world: async () => {
      const users = await certificateFor({ names: ["mail.example.com"] });
      const world = await mailHost({}, { 465: users, 993: users });
      const srv = {
        "mail.example.com A": ["192.0.2.1"],
        "_submissions._tcp.example.com SRV": ["0 1 465 mail.example.com"],
        "_imaps._tcp.example.com SRV": ["0 1 993 mail.example.com"],
      };
      return { ...world, zone: { ...world.zone, ...srv } };
    },
    outcome: "passed",
  },
  {
    when: "an SRV record for IMAP alone names another name, which the certificates of all users' ports are for",
    world: async () => {
      const users = await certificateFor({ names: ["mail.example.com"] });
      const world = await mailHost({}, { 465: users, 587: users, 993: users });
      const srv = { "_imaps._tcp.example.com SRV": ["0 1 993 mail.example.com"] };
      return { ...world, zone: { ...world.zone, "mail.example.com A": ["192.0.2.1"], ...srv } };
    },
    outcome: "passed",
    evidence: /on ports 465 and 587 serves a certificate for mail\.example\.com/,
  },
  {
    when: "SRV records name the host itself, beside another",
    world: async () => {
      const world = await mailHost({}, { 993: await other() });
      const srv = ["0 1 993 mail.example.com", "0 1 993 mx.example.com"];
      return { ...world, zone: { ...world.zone, "_imaps._tcp.example.com SRV": srv } };
    },
    outcome: "failed",
    evidence: /on port 993 serves/,
  },
  {
    when: "port 25 alone has the web server's, which senders mostly accept",
    world: async () => mailHost({}, { 25: await other() }),
    outcome: "warning",
    evidence: /on port 25 serves/,
  },
  {
    when: "nobody vouches for the certificates, which is another check's",
    world: async () => ({ ...(await mailHost(await other())), authorities: [] }),
    outcome: "not-applicable",
  },
  { when: "it is self-signed", world: async () => mailHost(await selfSigned()), outcome: "not-applicable" },
]);
