import { blowfish } from "./hashes";

/** A good configuration as Pulumi hands it over, with some keys given other values; undefined takes a key away. */
export function stack(changes: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const values = {
    hostname: "mx1.example.org",
    domains: [{ name: "example.org" }],
    mailboxes: [{ address: "alice@example.org", passwordHash: blowfish }],
    postmaster: "alice@example.org",
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        `mailserver:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
  );
}
