import { describe, expect, it } from "vitest";
import { type HostStatus, describe as inWords } from "../../../cli/host-status";
import { checkTable, stageTable } from "../../../cli/report";

describe("the table of what was tried", () => {
  it("shows for each check whether it held and what was seen, further lines below the first", () => {
    const text = checkTable([
      { title: "no relay for strangers", held: true, evidence: "refused (25: 554)", seconds: 0.1 },
      { title: "DNS", held: false, evidence: "no MX\nasked 203.0.113.54", seconds: 12.34 },
    ]);
    expect(text.split("\n")).toEqual([
      "  ok      no relay for strangers    0.1 s  refused (25: 554)",
      "  FAILED  DNS                      12.3 s  no MX",
      "                                           asked 203.0.113.54",
    ]);
  });
});

describe("the table of the time taken", () => {
  it("adds the stages up", () => {
    const text = stageTable([
      { name: "pulumi up", milliseconds: 9_140 },
      { name: "host ready", milliseconds: 20_200, note: "services 9.1" },
    ]);
    expect(text.split("\n")).toEqual([
      "  pulumi up         9.1 s",
      "  host ready       20.2 s  services 9.1",
      "  in all           29.3 s",
    ]);
  });
});

describe("the host's state in words", () => {
  const status: HostStatus = {
    bundle: "00",
    state: "applying",
    stage: "services",
    updated: "2026-11-24T00:00:00Z",
    errors: [],
    certificate: null,
    warnings: [],
    stages: [],
  };
  const error = { part: "postfix", message: "bad table" };

  it("is the stage it is at, with what it waits for or why it failed", () => {
    expect(inWords(undefined)).toBe("booting");
    expect(inWords(status)).toBe("services");
    expect(inWords({ ...status, errors: [error] })).toBe("services: postfix: bad table");
    expect(inWords({ ...status, state: "failed", errors: [error] })).toBe(
      "failed at services: postfix: bad table",
    );
  });
});
