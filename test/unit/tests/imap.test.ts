import { describe, expect, it } from "vitest";
import { found } from "../../system/support/imap";

describe("a search of the tests", () => {
  it("finds what the server has found", () => {
    expect(found("* SEARCH 3 14\r\n")).toEqual(["3", "14"]);
    expect(found("* SEARCH\r\n")).toEqual([]);
  });

  it("does not take the arrival of another message for messages", () => {
    expect(found("* SEARCH\r\n* 58 EXISTS\r\n* 1 RECENT\r\n")).toEqual([]);
    expect(found("* 58 EXISTS\r\n* SEARCH 3\r\n")).toEqual(["3"]);
  });
});
