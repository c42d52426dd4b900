import { describe, expect, it } from "vitest";
import { validUntil } from "../../../../local/internet/mirror";

describe("a mirror's release file", () => {
  const release = (...fields: string[]) =>
    ["-----BEGIN PGP SIGNED MESSAGE-----", "Hash: SHA256", "", ...fields, ""].join("\n");

  it("is good until the time it says", () => {
    const text = release("Suite: stable-security", "Valid-Until: Sun, 29 Nov 2026 02:09:05 UTC", "MD5Sum:");
    expect(validUntil(text)).toEqual(new Date("2026-11-29T02:09:05Z"));
  });

  it("is good for ever if it says nothing", () => {
    expect(validUntil(release("Suite: stable")).getTime()).toBeGreaterThan(Date.parse("9999-12-31"));
  });
});
