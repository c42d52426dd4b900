import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allows, parseStsPolicy } from "../../../../verify/mta-sts/policy";
import { parseStsRecord } from "../../../../verify/mta-sts/record";
import { policy, policyBut } from "./support";

describe("an MTA-STS policy", () => {
  it("is read with either end of line", () => {
    const read = { mode: "enforce", mx: ["mx.example.com"], maxAge: 604800, problems: [] };
    expect(parseStsPolicy(policy)).toMatchObject(read);
    expect(parseStsPolicy(policy.replaceAll("\r", "").trimEnd())).toMatchObject(read);
  });

  it("may have fields that nobody knows, and space behind values", () => {
    expect(parseStsPolicy(`${policy}x-note:  any thing \t\r\n`).problems).toEqual([]);
  });

  it("needs no mx when it is switched off", () => {
    expect(parseStsPolicy("version: STSv1\nmode: none\nmax_age: 60\n").problems).toEqual([]);
  });

  it("counts the first of a field that is there twice", () => {
    expect(parseStsPolicy(`${policy}mode: none\r\n`).mode).toBe("enforce");
  });

  for (const [from, to, problem] of [
    ["STSv1", "STSv2", /version: "STSv2"/],
    [/version.*\r\n/, "", /no version:/],
    ["enforce", "Enforce", /mode: "Enforce"/],
    [/mx:.*\r\n/, "", /no mx:/],
    ["mx.example.com", "mx.*.example.com", /no host name/],
    ["mx.example.com", "mx.example.com.", /no host name/],
    ["mx.example.com", "", /no host name/],
    ["604800", "one week", /max_age: "one week"/],
    ["604800", "99999999", /max_age: "99999999"/],
    ["604800", "-1", /max_age: "-1"/],
    ["mode: ", "mode = ", /no "key: value"/],
    [/^/, "\uFEFF", /byte order mark/],
    [/\r\n/g, "\r", /no "key: value"/],
  ] as const)
    it(`is refused with ${JSON.stringify(to)} for ${from}`, () => {
      expect(parseStsPolicy(policyBut(from, to)).problems.join("; ")).toMatch(problem);
    });

  it("is read, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."mxodeversionSTv1:* \r\n_age.-0") }), (text) => {
        const { problems, mx, maxAge } = parseStsPolicy(text);
        if (problems.length === 0) expect(maxAge).toBeGreaterThanOrEqual(0);
        expect(mx.every((name) => name === name.toLowerCase())).toBe(true);
      }),
    );
  });

  it("lets a wildcard stand for one label", () => {
    const { mx } = parseStsPolicy("mx: *.example.com\nmx: MX.example.net");
    for (const [host, allowed] of [
      ["mx.example.com", true],
      ["a.mx.example.com", false],
      ["example.com", false],
      ["mx.example.net", true],
      ["com", false],
    ] as const)
      expect([host, allows({ mx }, host)]).toEqual([host, allowed]);
  });
});

describe("an MTA-STS record", () => {
  it("may have more fields, and space round semicolons", () => {
    for (const text of ["v=STSv1; id=1", "v=STSv1;id=abc;", "v=STSv1 ; id=1 ; x=2;"])
      expect(parseStsRecord(text).problems).toEqual([]);
  });

  for (const text of [
    "v=STSv1",
    "v=STSV1; id=1",
    " v=STSv1; id=1",
    "id=1; v=STSv1",
    "v=STSv1; id = 1",
    "v=STSv1; id=1; id=2",
    "v=STSv1; id=",
  ])
    it(`has problems as ${text}`, () => {
      expect(parseStsRecord(text).problems.length).toBeGreaterThan(0);
    });
});
