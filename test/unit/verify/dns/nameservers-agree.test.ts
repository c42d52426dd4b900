import { dnsNameserversAgree } from "../../../../verify/checks/dns/nameservers-agree";
import { describeCheck } from "../support/world";
import { goodZone, zoneBut } from "./good-zone";

const v4 = ["192.0.2.53", "198.51.100.53"] as const;
const v6 = ["2001:db8::53", "2001:db8:1::53"] as const;
const all = <T>(value: T, addresses: readonly string[] = [...v4, ...v6]) =>
  Object.fromEntries(addresses.map((address) => [address, value]));
const older = { "example.com SOA": ["ns1.example.net hostmaster.example.com 2026112400 1 1 1 1"] };

describeCheck(dnsNameserversAgree, [
  {
    when: "all have the same serial",
    world: { zone: goodZone },
    outcome: "passed",
    evidence: /ns2\.example\.net at 2001:db8:1::53 has serial 2026112401/,
  },
  {
    when: "the transfer to one fails",
    world: { zone: goodZone, nameServers: { [v4[1]]: older, [v6[1]]: older } },
    outcome: "warning",
    evidence: /ns2\.example\.net at 198\.51\.100\.53 has serial 2026112400/,
    remedy: /transfer/,
  },
  {
    when: "one refuses to answer for the zone",
    world: { zone: goodZone, nameServers: { [v4[1]]: "refuses" } },
    outcome: "failed",
    evidence: /^ns2\.example\.net at 198\.51\.100\.53 \(REFUSED\) does not answer/,
    remedy: /NS records/,
  },
  {
    when: "one answers from a cache",
    world: { zone: goodZone, nameServers: { [v4[0]]: "not authoritative" } },
    outcome: "failed",
    evidence: /ns1\.example\.net at 192\.0\.2\.53 \(NOERROR\)/,
  },
  {
    when: "one is down",
    world: { zone: goodZone, nameServers: { [v4[0]]: "silent", [v6[0]]: "silent" } },
    outcome: "warning",
    evidence: /ns1\.example\.net at 192\.0\.2\.53.* gives no answer/,
  },
  {
    when: "there is no IPv6 here",
    world: { zone: goodZone, nameServers: all("silent" as const, v6) },
    outcome: "passed",
  },
  {
    when: "this network lets nobody ask name servers",
    world: { zone: goodZone, nameServers: all("silent" as const) },
    outcome: "not-checked",
    evidence: /None of the name servers/,
    remedy: /another network/,
  },
  {
    when: "this network answers in place of the name servers",
    world: { zone: goodZone, nameServers: all("not authoritative" as const) },
    outcome: "not-checked",
    evidence: /in their place/,
  },
  {
    when: "no name server has an address, which is another check's",
    world: { zone: zoneBut({ "example.com NS": ["ns.example.org"] }) },
    outcome: "not-applicable",
  },
]);
