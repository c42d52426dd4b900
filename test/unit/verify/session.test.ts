import { describe, expect, it } from "vitest";
import { openSmtp } from "../../../verify/smtp/session";
import { testAuthority } from "./support/certificates";
import { lineServer } from "./support/line-server";
import { smtpServer } from "./support/smtp-server";
import { subjectIn } from "./support/world";

const host = { address: "192.0.2.1", port: 25 };
const at = "192.0.2.1:25";

describe("a conversation by SMTP", () => {
  it("goes on over TLS after STARTTLS, and tells whether the certificate is trusted", async () => {
    const authority = await testAuthority();
    const tls = await authority.issue({ names: ["mx.example.com"] });
    const server = await smtpServer({ tls });
    for (const authorities of [[authority.root], []]) {
      const smtp = await openSmtp(subjectIn({ listeners: { [at]: server }, authorities }), host);
      expect(smtp.greeting).toEqual({ code: 220, lines: ["mx.example.com ESMTP"] });
      expect((await smtp.ehlo()).has("STARTTLS")).toBe(true);
      const secured = await smtp.startTls("mx.example.com");
      const keywords = await secured.ehlo();
      expect([keywords.has("STARTTLS"), keywords.get("SIZE")]).toEqual([false, ["52428800"]]);
      expect(secured.tls?.authorized).toBe(authorities.length > 0);
      secured.close();
    }
  });

  it("talks to a server whose TLS comes first", async () => {
    const authority = await testAuthority();
    const tls = await authority.issue({ names: ["mx.example.com"] });
    const listeners = { [at]: await smtpServer({ tls, implicitTls: true }) };
    const subject = subjectIn({ listeners, authorities: [authority.root] });
    const smtp = await openSmtp(subject, host, { implicitTls: "mx.example.com" });
    expect((await smtp.command("NOOP")).code).toBe(250);
    expect(smtp.talk.transcript).toEqual(["S: 220 mx.example.com ESMTP", "C: NOOP", "S: 250 2.0.0 Ok"]);
    smtp.close();
  });

  for (const [what, greeting] of [
    ["a line without an end", "2".repeat(100_000)],
    ["more lines than a reply can have", "220-again\r\n".repeat(5000)],
    ["something else than SMTP", "HTTP/1.1 400 Bad Request"],
  ] as const)
    it(`ends with a server that sends ${what}`, async () => {
      const server = await lineServer({ greeting, answer: () => undefined });
      await expect(openSmtp(subjectIn({ listeners: { [at]: server } }), host)).rejects.toThrow(/server/);
    });
});
