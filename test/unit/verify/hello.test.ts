import { describe, expect, it } from "vitest";
import { hello, Unwelcome } from "../../../verify/smtp/hello";
import { testAuthority } from "./support/certificates";
import { lineServer } from "./support/line-server";
import { smtpServer } from "./support/smtp-server";
import { subjectIn } from "./support/world";

const host = { name: "mx.example.com", address: "192.0.2.1" };
const at = "192.0.2.1:25";

describe("what a mail host says of itself", () => {
  it("is asked once, before and after TLS", async () => {
    const authority = await testAuthority();
    let connections = 0;
    const server = await smtpServer({
      tls: await authority.issue({ names: [host.name] }),
      keywords: ({ secure }) => (secure ? ["SIZE 1000", "AUTH PLAIN"] : ["SIZE 1000"]),
    });
    server.on("connection", () => connections++);
    const subject = subjectIn({ listeners: { [at]: server }, authorities: [authority.root] });
    const [said, again] = await Promise.all([hello(subject, host), hello(subject, host)]);
    expect(again).toBe(said);
    expect(connections).toBe(1);
    expect(said).toMatchObject({
      greeting: { code: 220, lines: ["mx.example.com ESMTP"] },
      ehloName: "mx.example.com",
      secured: { protocol: "TLSv1.3", authorized: true },
    });
    expect([...said.keywords.keys()]).toEqual(["SIZE", "STARTTLS"]);
    expect(said.secured?.keywords.get("AUTH")).toEqual(["PLAIN"]);
    expect(said.transcript.at(-1)).toBe("S: 221 2.0.0 Bye");
  });

  it("is told of a server without TLS, and of one whose TLS fails", async () => {
    const without = await hello(subjectIn({ listeners: { [at]: await smtpServer() } }), host);
    expect([without.keywords.has("STARTTLS"), without.secured, without.tlsError]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    const broken = await smtpServer({ keywords: () => ["STARTTLS"], override: refusesTls });
    const failing = await hello(subjectIn({ listeners: { [at]: broken } }), host);
    expect(failing.tlsError).toMatch(/454 4.7.0/);
    const garbled = await smtpServer({ keywords: () => ["STARTTLS"], override: babbles, bareNewlines: true });
    expect((await hello(subjectIn({ listeners: { [at]: garbled } }), host)).tlsError).toMatch(/No TLS/);
  });

  it("is not had from a server that turns the client away", async () => {
    const server = await lineServer({ greeting: "554 5.7.1 Not you", answer: () => undefined });
    const refused = hello(subjectIn({ listeners: { [at]: server } }), host);
    await expect(refused).rejects.toBeInstanceOf(Unwelcome);
    await expect(refused).rejects.toThrow(/554 5.7.1 Not you/);
  });
});

function refusesTls(command: string): string | undefined {
  return command === "STARTTLS" ? "454 4.7.0 TLS not available" : undefined;
}

function babbles(command: string): string | undefined {
  return command === "STARTTLS" ? "220 Go ahead\r\nbut this is no handshake" : undefined;
}
