import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDmarc, isMeantAsDmarc, parseDmarc } from "../../../../verify/dmarc/record";

describe("a DMARC record", () => {
  it("is read with its defaults", () => {
    expect(parseDmarc("v=DMARC1; p=Reject")).toMatchObject({
      p: "reject",
      sp: undefined,
      np: undefined,
      testing: false,
      psd: "u",
      rua: [],
      ruf: [],
      problems: [],
      slips: [],
    });
  });

  it("is read with every tag, and white space between them", () => {
    const record = parseDmarc(
      "v = DMARC1 ;p=quarantine; sp=none ; np=reject; t=y; psd=n; adkim=s; aspf=r; fo=1:d:s; rua=mailto:a@example.com!10m , MAILTO:b@Example.ORG; ruf=mailto:c%2Cd@example.net; new=1;",
    );
    expect(record).toMatchObject({ p: "quarantine", sp: "none", np: "reject", testing: true, psd: "n" });
    expect(record.rua).toEqual([
      { uri: "mailto:a@example.com", host: "example.com", size: "10m" },
      { uri: "MAILTO:b@Example.ORG", host: "example.org", size: undefined },
    ]);
    expect(record.ruf).toEqual([{ uri: "mailto:c%2Cd@example.net", host: "example.net", size: undefined }]);
    expect([record.problems, record.slips]).toEqual([[], []]);
  });

  it("is told from other TXT records, and from what is only meant as one", () => {
    const good = ["v=DMARC1", "v=DMARC1; p=none", "V = DMARC1;p=none"];
    const meant = [
      "v=dmarc1; p=none",
      " v=DMARC1; p=none",
      '"v=DMARC1; p=none"',
      "v=DMARC1 p=none",
      "p=none; v=DMARC1",
      "v=DMARC2; p=none",
      "p=reject",
      "v=DMARC1, p=none",
    ];
    const others = ["", "v=spf1 -all", "v=DKIM1; p=AAAA", "proof=x"];
    expect(good.map(isDmarc)).toEqual(good.map(() => true));
    expect(meant.map((text) => [isDmarc(text), isMeantAsDmarc(text)])).toEqual(
      meant.map(() => [false, true]),
    );
    expect(others.map((text) => isDmarc(text) || isMeantAsDmarc(text))).toEqual(others.map(() => false));
  });

  it("takes any text in, and points into it", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^[prusafonejct=;:, !@.mailto]*$/),
    );
    fc.assert(
      fc.property(text, (rest) => {
        const { problems, slips } = parseDmarc(`v=DMARC1;${rest}`);
        for (const { position } of [...problems, ...slips])
          expect(position).toBeLessThanOrEqual(rest.length + 9);
      }),
    );
  });
});
