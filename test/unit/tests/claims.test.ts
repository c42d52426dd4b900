import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { claim } from "../../system/support/claims";

const folder = mkdtempSync(join(tmpdir(), "mailserver-claims-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("workers of the system tests", () => {
  it("never share a cloud by accident, whatever vitest calls them", () => {
    expect([claim("test", folder), claim("test", folder), claim("service", folder)]).toEqual([
      "test-1",
      "test-2",
      "service-1",
    ]);
    rmSync(join(folder, "test-1"));
    expect(claim("test", folder)).toBe("test-1");
  });
});
