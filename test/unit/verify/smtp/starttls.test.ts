import { smtpStarttls } from "../../../../verify/checks/smtp/starttls";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { at, backupHost, certified, mailHost, secureMailHost } from "./support/world";

const refuses = (command: string) => (command === "STARTTLS" ? "454 4.7.0 TLS not available" : undefined);
const babbles = (command: string) => (command === "STARTTLS" ? "220 Go ahead\r\nbut not by TLS" : undefined);

describeCheck(smtpStarttls, [
  { when: "TLS begins", world: secureMailHost(), outcome: "passed", evidence: /TLSv1\.3/ },
  {
    when: "STARTTLS is not offered",
    world: mailHost(),
    outcome: "failed",
    evidence: /does not offer STARTTLS/,
  },
  {
    when: "STARTTLS is offered and refused",
    world: mailHost({ keywords: () => ["STARTTLS"], override: refuses }),
    outcome: "failed",
    evidence: /454 4\.7\.0/,
  },
  {
    when: "STARTTLS is offered and no handshake follows",
    world: mailHost({ keywords: () => ["STARTTLS"], override: babbles, bareNewlines: true }),
    outcome: "failed",
    evidence: /no TLS comes of it/,
  },
  {
    when: "its TLS is too old, which another check tells",
    world: async () => {
      const { tls } = await certified();
      const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;
      return at(await smtpServer({ tls: { ...tls, ...old } }));
    },
    outcome: "passed",
    evidence: /protocol version/,
  },
  { when: "the second host does not offer it", world: backupHost({}), outcome: "failed", evidence: /backup/ },
  { when: "port 25 can't be reached from here", world: () => at("timeout"), outcome: "not-checked" },
]);
