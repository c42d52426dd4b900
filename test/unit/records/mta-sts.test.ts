import fc from "fast-check";
import { parsePolicy, resolvePolicy, validateMx } from "mailauth/lib/mta-sts.js";
import { describe, expect, it } from "vitest";
import { mtaStsModes } from "../../../records";
import { mtaStsPolicy, mtaStsRecord } from "../../../records/mta-sts";
import { parseStsPolicy } from "../../../verify/mta-sts/policy";
import { parseStsRecord } from "../../../verify/mta-sts/record";
import { domainName } from "./support/plans";
import { unquote } from "./support/presentation";

const text = (policy: string) => unquote(mtaStsRecord("example.org", policy).content).join("");
const idOf = (policy: string) => /^v=STSv1; id=(.*)$/.exec(text(policy))?.[1];
const mode = fc.constantFrom(...mtaStsModes);

describe("the id of an MTA-STS policy", () => {
  it("has at most 32 letters and digits, and changes exactly when the policy does", () => {
    fc.assert(
      fc.property(mode, domainName, mode, domainName, (modeA, hostA, modeB, hostB) => {
        const [a, b] = [mtaStsPolicy(modeA, hostA), mtaStsPolicy(modeB, hostB)];
        expect(idOf(a)).toMatch(/^[A-Za-z0-9]{1,32}$/);
        expect(idOf(a) === idOf(b)).toBe(modeA === modeB && hostA === hostB);
      }),
    );
  });

  it("is found by mailauth, and is nothing that our own checks complain about", async () => {
    const policy = mtaStsPolicy("enforce", "mx1.example.org");
    const resolver = async () => [[text(policy)]];
    expect(await resolvePolicy("alice@example.org", { resolver })).toBe(idOf(policy));
    expect(parseStsRecord(text(policy)).problems).toEqual([]);
  });
});

describe("an MTA-STS policy", () => {
  it.each(mtaStsModes)("of the mode %s is read by mailauth and by our own checks as it is meant", (mode) => {
    const policy = mtaStsPolicy(mode, "mx1.example.org");
    expect(parsePolicy(policy)).toEqual({
      version: "STSv1",
      mode,
      mx: ["mx1.example.org"],
      maxAge: 1_209_600,
    });
    expect(parseStsPolicy(policy)).toMatchObject({ mode, mx: ["mx1.example.org"], problems: [] });
  });

  it("lets senders deliver to the host, and to no other", () => {
    const policy = parsePolicy(mtaStsPolicy("enforce", "mx1.example.org"));
    expect(validateMx("mx1.example.org", policy).valid).toBe(true);
    expect(validateMx("mx2.example.org", policy).valid).toBe(false);
  });
});
