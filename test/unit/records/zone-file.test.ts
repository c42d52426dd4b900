import { describe, expect, it } from "vitest";
import { addressRecord, txtRecord, zoneFile } from "../../../records";
import { mxRecord } from "../../../records/mx";

describe("a zone file", () => {
  it("has a line a record, with absolute names", () => {
    expect(
      zoneFile([
        addressRecord("mx1.example.com", "192.0.2.1"),
        mxRecord("example.com", "mx1.example.com"),
        txtRecord("example.com", "v=spf1 mx -all"),
      ]).split("\n"),
    ).toEqual([
      "mx1.example.com. 300 IN A 192.0.2.1",
      "example.com. 3600 IN MX 10 mx1.example.com.",
      'example.com. 3600 IN TXT "v=spf1 mx -all"',
      "",
    ]);
  });
});
