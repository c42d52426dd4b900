import { describe, expect, it } from "vitest";
import { addressRecord, dmarcPolicies, ipv6AddressRecord } from "../../../records";
import { dmarcRecord } from "../../../records/dmarc";
import { mxRecord } from "../../../records/mx";

describe("the records of a mail domain", () => {
  it("MX names the host", () => {
    expect(mxRecord("example.org", "mx1.example.org")).toEqual({
      name: "example.org",
      type: "MX",
      ttl: 3600,
      content: "mx1.example.org",
      priority: 10,
    });
  });

  it("A moves within five minutes", () => {
    expect(addressRecord("mx1.example.org", "192.0.2.1")).toEqual({
      name: "mx1.example.org",
      type: "A",
      ttl: 300,
      content: "192.0.2.1",
    });
  });

  it("AAAA moves as fast", () => {
    expect(ipv6AddressRecord("mx1.example.org", "2001:db8::1")).toEqual({
      ...addressRecord("mx1.example.org", "2001:db8::1"),
      type: "AAAA",
    });
  });

  it.each(dmarcPolicies)(
    "DMARC has its policy %s first after the version, and reports to the domain itself",
    (policy) => {
      expect(dmarcRecord("example.org", policy, ["postmaster@example.org"])).toEqual({
        name: "_dmarc.example.org",
        type: "TXT",
        ttl: 3600,
        content: `"v=DMARC1; p=${policy}; rua=mailto:postmaster@example.org"`,
      });
    },
  );
});
