import { describe, expect, it } from "vitest";
import { UsageError } from "../../../cli/arguments";
import { verifyOptions } from "../../../cli/verify/arguments";
import { changes } from "../../../cli/verify/changes";
import { progress } from "../../../cli/verify/progress";
import { expectation } from "../../../cli/verify/stack";
import { addressRecord, quoteTxt, txtRecord, zoneFile } from "../../../records";
import { mxRecord } from "../../../records/mx";
import type { Outcome } from "../../../verify/outcome";
import type { Report } from "../../../verify/report";

describe("the arguments of mailserver verify", () => {
  it("are a domain alone, with a wait of a minute between the runs of a watch", () => {
    expect(verifyOptions(["Example.com"])).toMatchObject({
      domains: ["example.com"],
      only: [],
      every: 60,
      json: false,
      fromStack: false,
    });
  });

  it("may name several domains, checks and selectors, apart or with commas", () => {
    const options = verifyOptions([
      ...["a.example", "b.example", "a.example.", "--only", "spf,dmarc-policy", "--only=mx"],
      ...["--dkim-selector", "s1,s2", "--resolver", "192.0.2.53#5353"],
    ]);
    expect(options).toMatchObject({
      domains: ["a.example", "b.example"],
      only: ["spf", "dmarc-policy", "mx"],
      dkimSelectors: ["s1", "s2"],
      resolvers: ["192.0.2.53#5353"],
    });
  });

  it("need no domain with a stack, which names its own", () => {
    expect(verifyOptions(["--from-stack"])).toMatchObject({ domains: [], fromStack: true });
    expect(verifyOptions(["--stack", "production"])).toMatchObject({ fromStack: true, stack: "production" });
    expect(verifyOptions(["--stack-outputs", "-"])).toMatchObject({ fromStack: false, stackOutputs: "-" });
  });

  it("are told all that is wrong with them at once", () => {
    const wrong = ["exa mple.com", "192.0.2.1", "--every", "soon", "--from-stack", "--stack-outputs", "f"];
    expect(() => verifyOptions(wrong)).toThrow(UsageError);
    expect(() => verifyOptions(wrong)).toThrow(/a space.*an address.*--every.*--from-stack/s);
  });

  it.each([
    [["--host-status", "-", "--stack-outputs", "-"], /can't both be standard input/],
    [["--host-status", "-", "a.example", "--watch"], /--host-status must be a file/],
  ])("do not read standard input twice: %j", (args, why) => {
    expect(() => verifyOptions(args)).toThrow(why);
  });

  it.each([[[]], [["--pasword", "x"]], [["--password", "x", "a.example"]]])("refuse %j", (args) => {
    expect(() => verifyOptions(args)).toThrow(UsageError);
  });
});

describe("what a stack declares", () => {
  const records = zoneFile([
    addressRecord("mx1.example.com", "192.0.2.1"),
    mxRecord("example.com", "mx1.example.com"),
    txtRecord("example.com", `v=spf1 mx -all`),
    txtRecord("k._domainkey.example.com", `v=DKIM1; p=${"A".repeat(300)}`),
    { name: "none.example.com", type: "MX", ttl: 60, content: ".", priority: 0 },
    { name: "_pop3._tcp.example.com", type: "SRV", ttl: 60, content: "0 0 0 ." },
    { name: "odd.example.com", type: "TXT", ttl: 60, content: quoteTxt('say "hi" \\o/') },
  ]);
  const outputs = { hostname: "mx1.example.com", publicIp: "192.0.2.1", domains: ["example.com"], records };

  it("is read from its outputs, as the program of this project writes them", () => {
    expect(expectation(JSON.stringify({ ...outputs, hostKeySha256: "ab" }))).toEqual({
      domains: ["example.com"],
      expected: {
        hostname: "mx1.example.com",
        addresses: ["192.0.2.1"],
        hostKeySha256: "ab",
        records: [
          { name: "mx1.example.com", type: "A", value: "192.0.2.1" },
          { name: "example.com", type: "MX", value: "10 mx1.example.com" },
          { name: "example.com", type: "TXT", value: "v=spf1 mx -all" },
          { name: "k._domainkey.example.com", type: "TXT", value: `v=DKIM1; p=${"A".repeat(300)}` },
          { name: "none.example.com", type: "MX", value: "0 ." },
          { name: "_pop3._tcp.example.com", type: "SRV", value: "0 0 0 ." },
          { name: "odd.example.com", type: "TXT", value: 'say "hi" \\o/' },
        ],
      },
    });
  });

  it.each([
    ["not JSON", "{", /not JSON/],
    ["another program's", JSON.stringify({ hostname: "mx1.example.com" }), /lack publicIp, domains, records/],
    ["damaged", JSON.stringify({ ...outputs, records: "nonsense" }), /no record: nonsense/],
  ])("is told to be unusable when it is %s", (_what, json, why) => {
    expect(() => expectation(json)).toThrow(why);
  });
});

describe("a watch", () => {
  const report = (outcome: Outcome, evidence = "Two lines.\nThe second."): Report => ({
    domain: "example.com",
    started: "2026-11-24T12:00:00.000Z",
    seconds: 1,
    resolver: "192.0.2.53",
    checks: [
      {
        id: "mx-exists",
        title: "An MX record",
        severity: "critical",
        outcome,
        evidence,
        remedy: "",
        source: "RFC 5321",
      },
    ],
  });

  it("tells what has become another, and nothing else", () => {
    expect(changes([report("passed")], [report("passed")])).toEqual([]);
    expect(changes([report("passed")], [report("failed")])).toEqual([
      "2026-11-24T12:00:00.000Z  example.com  mx-exists: passed -> failed. Two lines.",
    ]);
  });

  it("shows what a stranger's server answers and does not let the terminal obey it", () => {
    const [line] = changes([report("passed")], [report("failed", "550 \x1b[2J gone")]);
    expect(line).toContain("<U+001B>[2J gone");
  });
});

describe("the progress of a run", () => {
  const written = (isTTY: boolean, quiet: boolean) => {
    const texts: string[] = [];
    const told = progress({ isTTY, write: (text) => texts.push(text) }, quiet);
    told.start(2);
    told.checked({ id: "mx-exists" } as Report["checks"][number]);
    told.end();
    return texts.join("");
  };

  it("is a line on a terminal that is gone at the end, and nothing elsewhere", () => {
    expect(written(true, false)).toContain("1 of 2 checked  mx-exists");
    expect(written(true, false).endsWith("\r\x1b[2K")).toBe(true);
    expect(written(false, false)).toBe("");
    expect(written(true, true)).toBe("");
  });
});
