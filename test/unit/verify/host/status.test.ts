import { describe, expect, it } from "vitest";
import { ageInWords } from "../../../../verify/host/age";
import { parseHostStatus } from "../../../../verify/host/status";

const least = { format: 1, hostname: "mx1.example.com", updated: "2026-11-24T12:00:00Z", state: "ready" };
const read = (changes: object = {}) => parseHostStatus(JSON.stringify({ ...least, ...changes }));

describe("what a host says of itself", () => {
  it("is at least its name, a time and a state", () => {
    expect(read()).toEqual({
      hostname: "mx1.example.com",
      updated: new Date("2026-11-24T12:00:00Z"),
      state: "ready",
      errors: [],
    });
  });

  it("is read as the host's agent writes it", () => {
    const status = read({
      instanceId: "i-1",
      bundle: "ab",
      state: "failed",
      stage: "check",
      errors: [{ part: "postfix", message: "fatal" }],
      certificate: null,
      warnings: ["example.net ends in 9 days"],
      stages: [{ name: "check", seconds: 1.5 }],
      queue: { messages: 2, oldest: "2026-11-24T11:00:00+00:00" },
      backup: { finished: "2026-11-24T04:00:00+01:00" },
    });
    expect(status).toEqual({
      hostname: "mx1.example.com",
      updated: new Date("2026-11-24T12:00:00Z"),
      state: "failed",
      stage: "check",
      errors: [{ part: "postfix", message: "fatal" }],
      warnings: ["example.net ends in 9 days"],
      queue: { messages: 2, oldest: new Date("2026-11-24T11:00:00Z") },
      backup: { finished: new Date("2026-11-24T03:00:00Z") },
    });
  });

  it("may be that the queue is empty, or that it could not find out", () => {
    expect(read({ queue: { messages: 0, oldest: null } }).queue).toEqual({ messages: 0 });
    expect(read({ queue: null }).queue).toBeNull();
  });

  it.each([
    ["no JSON", "<Error><Code>NoSuchKey</Code></Error>", /not JSON/],
    ["nothing", "", /not JSON/],
    ["a list", "[]", /no JSON object/],
    ["another program's", "{}", /format is to be 1; hostname.*; updated.*; state is to be one of applying/],
  ])("is refused when it is %s", (_what, json, why) => {
    expect(() => parseHostStatus(json)).toThrow(why);
  });

  it.each([
    [{ format: 2 }, /format is to be 1/],
    [{ state: "fine" }, /state is to be one of applying, ready, failed/],
    [{ updated: "yesterday" }, /updated is to be a date/],
    [{ updated: "2026-02-30T00:00:00Z" }, /updated is to be a date/],
    [{ updated: "2026-11-24T12:00:00" }, /updated is to be a date/],
    [{ updated: 1_800_000_000 }, /updated is to be a date/],
    [{ stage: 1 }, /stage is to be a text/],
    [{ errors: "none" }, /errors is to be a list/],
    [{ errors: [{ part: "postfix" }, null] }, /message of an error.*part of an error/],
    [{ warnings: [1] }, /each of warnings is to be a text/],
    [{ queue: [] }, /queue is to be an object or null/],
    [{ queue: { messages: -1, oldest: null } }, /whole number/],
    [{ queue: { messages: 0.5, oldest: null } }, /whole number/],
    [{ queue: { messages: 1, oldest: null } }, /it has messages/],
    [{ queue: { messages: 1 } }, /oldest of the queue is to be a date/],
    [{ backup: { finished: "never" } }, /finished of the backup is to be a date/],
    [{ backup: "2026-11-24T12:00:00Z" }, /backup is to be an object/],
  ])("is refused with %j, in words", (changes, why) => {
    expect(() => read(changes)).toThrow(why);
  });
});

describe("an age in words", () => {
  it.each([
    [0, "0 minutes"],
    [61_000, "1 minute"],
    [119 * 60_000, "119 minutes"],
    [7_200_000, "2 hours"],
    [47.9 * 3_600_000, "47 hours"],
    [48 * 3_600_000, "2 days"],
  ])("of %d milliseconds is %s", (milliseconds, words) => {
    expect(ageInWords(milliseconds)).toBe(words);
  });
});
