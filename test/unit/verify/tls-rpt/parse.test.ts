import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMeantAsTlsRptRecord, parseTlsRptRecord } from "../../../../verify/tls-rpt/record";

describe("a record for TLS reports", () => {
  it("names mail addresses and web servers", () => {
    expect(
      parseTlsRptRecord("v=TLSRPTv1; rua=mailto:tls%2Brpt@Example.com , https://reports.example.net/tls"),
    ).toMatchObject({
      problems: [],
      destinations: [
        { by: "mail", address: "tls+rpt@Example.com", domain: "example.com" },
        { by: "https", url: "https://reports.example.net/tls" },
      ],
    });
  });

  for (const text of [
    "v=TLSRPTv1 rua=mailto:a@example.com",
    "v=TLSRPTV1; rua=mailto:a@example.com",
    "v=TLSRPTv1; rua=a@example.com",
    "v=TLSRPTv1; rua=mailto:a@localhost",
    "v=TLSRPTv1; rua=mailto:a@example.com!10m",
    "v=TLSRPTv1; rua=mailto:a@example.com,",
    "v=TLSRPTv1; rua=mailto:a@example.com; mailto:b@example.com",
    "v=TLSRPTv1; rua=https://",
  ])
    it(`has problems as ${text}`, () => {
      expect(parseTlsRptRecord(text).problems.length).toBeGreaterThan(0);
    });

  it("is told from others by its version", () => {
    expect(isMeantAsTlsRptRecord("v=spf1 -all")).toBe(false);
    expect(isMeantAsTlsRptRecord("v=tlsrptv1; rua=x")).toBe(true);
  });

  it("is read, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (rua) => {
        const { problems, destinations } = parseTlsRptRecord(`v=TLSRPTv1; rua=${rua}`);
        expect(problems.length + destinations.length).toBeGreaterThan(0);
      }),
    );
  });
});
