import type { SecureContextOptions } from "node:tls";
import { describe, expect, it } from "vitest";
import { mtaStsCertificate } from "../../../../verify/checks/mta-sts/certificate";
import { smtpReachable } from "../../../../verify/checks/smtp/reachable";
import { smtpStarttls } from "../../../../verify/checks/smtp/starttls";
import { judge } from "../../../../verify/verify";
import { stsWorld } from "../mta-sts/support";
import { lineServer } from "../support/line-server";
import { smtpServer } from "../support/smtp-server";
import { describeCheck, subjectIn, type World } from "../support/world";
import { at, backupHost, certified, mailHost, secureMailHost } from "./support/world";

const refuses = (command: string) => (command === "STARTTLS" ? "454 4.7.0 TLS not available" : undefined);
const babbles = (command: string) => (command === "STARTTLS" ? "220 Go ahead\r\nbut not by TLS" : undefined);

/** Offers STARTTLS and says "220 go", and then nothing more: with a certificate after the handshake, else before. */
async function falling(tls?: SecureContextOptions): Promise<World> {
  const replies: Record<string, string> = { EHLO: "250-mx.example.com\r\n250 STARTTLS", STARTTLS: "220 go" };
  const server = await lineServer({
    greeting: "220 mx.example.com ESMTP",
    tls,
    answer: (line, { secure, startTls }) => {
      if (line === "STARTTLS" && tls) startTls();
      return secure ? undefined : replies[line.split(" ")[0] ?? ""];
    },
  });
  return at(server);
}

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
    when: "STARTTLS is taken, and then the server falls silent",
    world: () => falling(),
    outcome: "not-checked",
    evidence: /no handshake within 10 s/,
  },
  {
    when: "the server falls silent after the handshake",
    world: async () => falling((await certified()).tls),
    outcome: "not-checked",
    evidence: /no whole line within 10 s/,
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

describe("a mail host that falls silent before TLS", () => {
  it("greets nevertheless, and is left out by no check of its certificate", async () => {
    const { listeners } = await falling();
    const subject = subjectIn(await stsWorld({ world: { listeners } }));
    const outcomes = [smtpReachable, mtaStsCertificate].map((check) => judge(check, subject));
    expect((await Promise.all(outcomes)).map(({ outcome }) => outcome)).toEqual(["passed", "not-checked"]);
  });
});
