import { describe, expect, it } from "vitest";
import { isDomainName, isMailboxAddress, isWithin } from "../../../components/names";

describe("a domain name", () => {
  it.each(["example.org", "a.b", "mx1.xn--bcher-kva.example", "1.example.org", `${"a".repeat(63)}.org`])(
    "is %s",
    (name) => {
      expect(isDomainName(name)).toBe(true);
    },
  );

  it.each([
    "",
    "localhost",
    "example.org.",
    ".example.org",
    "a..b",
    "-a.org",
    "a-.org",
    "a_b.org",
    "EXAMPLE.org",
    "bücher.example",
    "192.0.2.1",
    "a b.org",
    "a.org\n",
    `${"a".repeat(64)}.org`,
    `${"a.".repeat(127)}org`,
  ])("is not %j", (name) => {
    expect(isDomainName(name)).toBe(false);
  });

  it("is within itself and the zones above it only", () => {
    expect(isWithin("mx1.example.org", "example.org")).toBe(true);
    expect(isWithin("example.org", "example.org")).toBe(true);
    expect(isWithin("example.org", "mx1.example.org")).toBe(false);
    expect(isWithin("notexample.org", "example.org")).toBe(false);
  });
});

describe("a mailbox address", () => {
  it.each(["alice@example.org", "alice.b-c_d@mail.example.org", "1@example.org"])("is %s", (address) => {
    expect(isMailboxAddress(address)).toBe(true);
  });

  it.each([
    "alice",
    "alice@",
    "@example.org",
    "alice@localhost",
    "a@b@example.org",
    "Alice@example.org",
    "alice+tag@example.org",
    ".alice@example.org",
    "alice.@example.org",
    "a..b@example.org",
    '"a b"@example.org',
    "alice@example.org\n",
    "ali:ce@example.org",
    `${"a".repeat(65)}@example.org`,
  ])("is not %j", (address) => {
    expect(isMailboxAddress(address)).toBe(false);
  });
});
