import type { Account } from "../../local/world";

/** The account of the clouds that tests make for themselves. */
export const account: Account = {
  id: "000000000000",
  region: "us-east-1",
  zones: ["example.test", "example.org"],
  outboundPort25: "open",
  images: (["x86_64", "arm64"] as const).map((architecture, index) => ({
    id: `ami-0000000000000013${index}`,
    name: `debian-13-${architecture === "arm64" ? "arm64" : "amd64"}-20261101-2000`,
    owner: "136693071363",
    architecture,
    created: "2026-11-01T20:00:00Z",
  })),
  publicPool: "203.0.113.128/25",
  ipv6Pool: "2001:db8:c000::/40",
};
