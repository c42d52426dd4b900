import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { withoutSdkFrames } from "../../../components/stack-trace";

describe("an error's stack", () => {
  it("keeps the program's frames and loses those of the SDK, over which Node.js may hang", () => {
    const error = new Error("first line\n  second line of @pulumi");
    error.stack = [
      "Error: first line",
      "  second line of @pulumi",
      "    at make (/app/index.ts:3:1)",
      "    at async Stack.initialize (/app/node_modules/@pulumi/resource.ts:1598:22)",
    ].join("\n");
    expect(withoutSdkFrames(error).stack).toBe(
      "Error: first line\n  second line of @pulumi\n    at make (/app/index.ts:3:1)",
    );
    expect(inspect(error, { colors: true })).toContain("second line");
  });
});
