import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reverseGeneric } from "../../../../verify/checks/reverse/generic";
import { looksGenerated } from "../../../../verify/reverse/generated-name";
import { describeCheck } from "../support/world";
import { goodZone, ptr4, ptr6 } from "./good-zone";

describeCheck(reverseGeneric, [
  {
    when: "the host has a name of its own",
    world: { zone: goodZone },
    outcome: "passed",
    evidence: /mx\.example\.com/,
  },
  {
    when: "the cloud provider's default name was left",
    world: { zone: { ...goodZone, [ptr4]: ["ec2-192-0-2-1.eu-central-1.compute.amazonaws.com"] } },
    outcome: "warning",
    evidence: /192\.0\.2\.1 is called ec2-192-0-2-1/,
    remedy: /"1\.2\.0\.192\.in-addr\.arpa\. PTR mx\.example\.com\."/,
  },
  {
    when: "the address is of a home connection",
    world: { zone: { ...goodZone, [ptr4]: ["dyn0815.pool.example.net"] } },
    outcome: "warning",
  },
  {
    when: "there are no names, which is another check's",
    world: { zone: { ...goodZone, [ptr4]: [], [ptr6]: [] } },
    outcome: "not-applicable",
  },
]);

describe("a generated name", () => {
  for (const name of [
    "static.25.113.0.203.clients.your-server.example",
    "203-0-113-25.example.net",
    "p203x0x113x25.example.net",
    "host-203000113025.example.net",
    "cb007119.example.net",
    "ip-203.0.113.25.example.net",
    "h25.113.0.203.static.example.net",
    "customer-adsl-7.example.net",
  ])
    it(`is ${name}`, () => expect(looksGenerated(name, "203.0.113.25")).toBe(true));

  for (const name of [
    "mx.example.com",
    "mail25.example.com",
    "smtp-113-25.example.com",
    "pool.example",
    "dialog.example.com",
    "mail-ed1-f25.google.example",
    "1203-0-113-251.example.com",
  ])
    it(`is not ${name}`, () => expect(looksGenerated(name, "203.0.113.25")).toBe(false));

  it("may have an IPv6 address", () => {
    const address = "2001:db8:1:2:216:3eff:fe12:3456";
    for (const name of [
      "2001-db8-1-2-216-3eff-fe12-3456.example.net",
      "02163efffe123456.v6.example.net",
      "6.5.4.3.2.1.e.f.f.f.e.3.6.1.2.0.example.net",
    ])
      expect(looksGenerated(name, address)).toBe(true);
    expect(looksGenerated("mx.example.com", address)).toBe(false);
    expect(looksGenerated("mx.example.com", "2001:db8::1")).toBe(false);
  });

  it("has any address's octets in either order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }),
        fc.constantFrom(".", "-"),
        (octets, by) => {
          const address = octets.join(".");
          expect(looksGenerated(`a${octets.join(by)}.example.net`, address)).toBe(true);
          expect(looksGenerated(`${octets.toReversed().join(by)}.example.net`, address)).toBe(true);
        },
      ),
    );
  });
});
