import { describe, expect, it } from "vitest";
import { fill } from "../../../host/template";

describe("a template", () => {
  it("takes its values as they are", () => {
    expect(fill("a = {{a}}, {{b}}{{a}}", { a: "$&", b: "{{a}}" })).toBe("a = $&, {{a}}$&");
  });

  it("refuses a place without a value", () => {
    expect(() => fill("{{a}} {{b}}", { a: "1" })).toThrow("no value for {{b}}");
  });

  it("refuses a value without a place", () => {
    expect(() => fill("{{a}}", { a: "1", b: "2" })).toThrow("no place for b");
  });
});
