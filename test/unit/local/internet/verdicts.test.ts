import { describe, expect, it } from "vitest";
import { headerField, verdictsOf } from "../../../../local/internet/verdicts";

const message = (results: string) =>
  [
    "Return-path: <alice@example.test>",
    `Authentication-Results: mx.peer.test;${results}`,
    "Authentication-Results: mx1.example.test; dkim=pass header.d=forged.test",
    "Subject: a",
    "",
    "Authentication-Results: mx.peer.test; spf=pass",
  ].join("\n");

describe("the verdicts of the correspondent's mail server", () => {
  it("name each signature with its algorithm, and what was found out about the session", () => {
    const raw = message(`
	iprev=pass (mx1.example.test) smtp.remote-ip=203.0.113.130;
	spf=pass smtp.mailfrom=example.test;
	dkim=pass header.d=example.test header.s=ed header.a=ed25519-sha256;
	dkim=fail (body hash mismatch; body probably modified in transit)
		header.d=example.test header.s=rsa header.a=rsa-sha256;
	dmarc=pass header.from=example.test;
	x-tls=pass smtp.version=TLS1.3;
	x-helo=pass smtp.helo=mx1.example.test`);
    expect(verdictsOf(raw)).toEqual({
      spf: "pass",
      dkim: [
        { domain: "example.test", selector: "ed", algorithm: "ed25519-sha256", result: "pass" },
        { domain: "example.test", selector: "rsa", algorithm: "rsa-sha256", result: "fail" },
      ],
      dmarc: "pass",
      tls: "TLS1.3",
      fcrdns: "pass",
      helo: { name: "mx1.example.test", result: "pass" },
    });
  });

  it("of an unsigned message in the clear show neither signature nor TLS", () => {
    expect(verdictsOf(message(" spf=fail; dmarc=fail; x-tls=none; x-helo=fail smtp.helo=x"))).toEqual({
      spf: "fail",
      dkim: [],
      dmarc: "fail",
      tls: undefined,
      fcrdns: "none",
      helo: { name: "x", result: "fail" },
    });
  });

  it("are taken from the correspondent's own field only", () => {
    const raw = "Authentication-Results: mx1.example.test; dkim=pass header.d=example.test\n\n";
    expect(() => verdictsOf(raw)).toThrow(/no Authentication-Results of mx\.peer\.test/);
  });
});

describe("a header field", () => {
  it("is found whatever its case and however it is folded", () => {
    expect(headerField("SUBJECT: one\r\n two\r\nTo: b\r\n\r\nbody", "subject")).toBe("one two");
  });

  it("is not looked for in the body", () => {
    expect(headerField("To: b\n\nSubject: no", "Subject")).toBeUndefined();
  });
});
