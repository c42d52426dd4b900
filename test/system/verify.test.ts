import { describe, expect, it } from "vitest";
import { hostFaults, webFaults } from "./support/faults/host";
import { tryFaults, wanting } from "./support/faults/try";
import { zoneFaults } from "./support/faults/zone";

describe("mailserver verify", () => {
  const { good } = tryFaults(zoneFaults);

  it("finds nothing to mend on a complete server, but for what can't be told from outside", () => {
    // That mail is sent over IPv4 only, so that the IPv6 address needs no name.
    const untold = { id: "reverse-ptr", outcome: "warning" };
    expect(wanting(good())).toEqual([expect.objectContaining(untold)]);
  });

  it("sees that senders reach it over IPv6, and its name servers too", () => {
    const over = ["mx-ipv6", "mx-ipv6-reachable", "dns-nameservers-ipv6"];
    const seen = good().filter(({ id }) => over.includes(id));
    expect(seen.map(({ outcome }) => outcome)).toEqual(over.map(() => "passed"));
  });

  it("is tried on sixty faults and more", () => {
    expect([...zoneFaults, ...hostFaults, ...webFaults].length).toBeGreaterThanOrEqual(60);
  });
});
