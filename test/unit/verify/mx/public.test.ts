import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mxPublic } from "../../../../verify/checks/mx/public";
import { specialAddress } from "../../../../verify/mx/special-addresses";
import { describeCheck, type World } from "../support/world";

const at = (...addresses: string[]): World => ({
  zone: {
    "example.com MX": ["10 mx.example.com"],
    "mx.example.com A": addresses.filter((address) => !address.includes(":")),
    "mx.example.com AAAA": addresses.filter((address) => address.includes(":")),
  },
});

describeCheck(mxPublic, [
  { when: "the addresses are public", world: at("203.0.113.25", "2001:db8::25"), outcome: "passed" },
  {
    when: "an address of the office network is published",
    world: at("203.0.113.25", "192.168.1.25"),
    outcome: "failed",
    evidence: /mx\.example\.com has 192\.168\.1\.25 \(private\)/,
    remedy: /Remove "mx\.example\.com\. A 192\.168\.1\.25"/,
  },
  {
    when: "the host is named by its loopback address",
    world: at("127.0.1.1"),
    outcome: "failed",
    evidence: /loopback/,
  },
  {
    when: "the host is behind a carrier's NAT",
    world: at("100.64.3.4"),
    outcome: "failed",
    evidence: /carrier/,
  },
  {
    when: "the IPv6 address is unique local",
    world: at("203.0.113.25", "fd00::25"),
    outcome: "failed",
    evidence: /unique local/,
  },
  {
    when: "the IPv6 address is link-local",
    world: at("203.0.113.25", "fe80::25"),
    outcome: "failed",
    remedy: /AAAA fe80::25/,
  },
  {
    when: "the mail host has no address",
    world: { zone: { "example.com MX": ["10 mx.example.com"] } },
    outcome: "not-applicable",
  },
]);

describe("an address of 172.16.0.0/12", () => {
  it("is special, and what is beside it is not", () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (second, third, fourth) => {
        const what = specialAddress(`172.${second}.${third}.${fourth}`);
        expect(what).toBe(second >= 16 && second < 32 ? "private" : undefined);
      }),
    );
  });
});
