import { describe, expect, it } from "vitest";
import { dns } from "../../../../verify/checks/dns";
import { mx } from "../../../../verify/checks/mx";
import { reputation } from "../../../../verify/checks/reputation";
import { reverse } from "../../../../verify/checks/reverse";
import { verify } from "../../../../verify/verify";
import { testEntries } from "../reputation/good-zone";
import { at4, at6, ptr4, ptr6 } from "../reverse/good-zone";
import { type SmtpOptions, smtpServer } from "../support/smtp-server";
import { subjectIn, type World } from "../support/world";
import { ds, goodZone } from "./good-zone";

const zone = {
  ...goodZone,
  ...testEntries,
  [ptr4]: ["mx.example.com"],
  [ptr6]: ["mx.example.com"],
  "s1._domainkey.example.com TXT": ["v=DKIM1; p=MIIB"],
};

/** Runs the checks of DNS data in a good world with what is given instead, and names those that complain. */
async function complaints(fault: World, smtp: SmtpOptions = {}): Promise<readonly string[]> {
  const server = await smtpServer(smtp);
  const listeners = { [at4]: server, [at6]: server, ...fault.listeners };
  const subject = subjectIn({ dkimSelectors: ["s1"], ...fault, listeners, zone: { ...zone, ...fault.zone } });
  const { checks } = await verify(subject, [...dns, ...mx, ...reverse, ...reputation]);
  return checks.flatMap(({ id, outcome, evidence }) => {
    expect(evidence).not.toMatch(/The check itself broke/);
    return outcome === "passed" || outcome === "not-applicable" ? [] : [id];
  });
}

const unsigned = (name: string) => (name.endsWith("example.com") ? "insecure" : "secure");

/** What is wrong, and the one check that is to say so. */
const faults: readonly [string, string, World, SmtpOptions?][] = [
  ["the domain is gone", "dns-exists", { domain: "gone.example" }],
  ["its name servers are down", "dns-exists", { broken: ["example.com"] }],
  ["it has one name server", "dns-nameservers", { zone: { "example.com NS": ["ns1.example.net"] } }],
  [
    "a name server has no name",
    "dns-nameservers",
    { zone: { "example.com NS": ["ns1.example.net", "ns2.example.net", "ns.gone.example"] } },
  ],
  [
    "a name server does not know the zone",
    "dns-nameservers-agree",
    { nameServers: { "192.0.2.53": "refuses" } },
  ],
  [
    "no name server has IPv6",
    "dns-nameservers-ipv6",
    { zone: { "ns1.example.net AAAA": [], "ns2.example.net AAAA": [] } },
  ],
  [
    "the domain is not signed",
    "dns-dnssec",
    { zone: { "example.com DS": [], "example.com DNSKEY": [] }, security: unsigned },
  ],
  [
    "its signatures are wrong",
    "dns-dnssec",
    { security: (name) => (name.endsWith("example.com") ? "bogus" : "secure") },
  ],
  [
    "the mail host's signature is wrong",
    "dns-dnssec-mx",
    { security: (name) => (name === "mx.example.com" ? "bogus" : "secure") },
  ],
  [
    "it is signed with SHA-1",
    "dns-dnssec-algorithm",
    { zone: { "example.com DS": [ds.replace(" 13 ", " 7 ")] }, security: unsigned },
  ],
  ["the name above the keys is denied", "dns-domainkey", { denied: ["_domainkey.example.com"] }],
  ["there is no MX record", "mx-exists", { zone: { "example.com MX": [] } }],
  [
    "there is a null MX beside the real one",
    "mx-null",
    { zone: { "example.com MX": ["0 .", "10 mx.example.com"] } },
  ],
  ["an MX record has an IP address", "mx-name", { zone: { "example.com MX": ["10 192.0.2.1"] } }],
  [
    "an MX record leads to no host",
    "mx-address",
    { zone: { "example.com MX": ["10 mx.example.com", "20 gone.example.net"] } },
  ],
  [
    "an MX record leads to an alias",
    "mx-alias",
    { zone: { "example.com MX": ["10 a.example.com"], "a.example.com CNAME": ["mx.example.com"] } },
  ],
  [
    "the mail host has a private address beside the public one",
    "mx-public",
    { zone: { "mx.example.com A": ["192.0.2.1", "10.0.0.1"] } },
  ],
  ["the mail host does not listen on IPv6", "mx-ipv6-reachable", { listeners: { [at6]: "refused" } }],
  ["the mail host has no IPv6 address", "mx-ipv6", { zone: { "mx.example.com AAAA": [] } }],
  ["the address has no name", "reverse-ptr", { zone: { [ptr4]: [] } }],
  ["the address has another host's name", "reverse-confirmed", { zone: { [ptr4]: ["www.example.net"] } }],
  [
    "the address has a generated name",
    "reverse-generic",
    { zone: { [ptr4]: ["192-0-2-1.example.net"], "192-0-2-1.example.net A": ["192.0.2.1"] } },
  ],
  [
    "the server calls itself by another of its names",
    "reverse-ehlo",
    { zone: { "smtp.example.com A": ["192.0.2.1"], "smtp.example.com AAAA": ["2001:db8::1"] } },
    { hostname: "smtp.example.com" },
  ],
  [
    "the address is listed",
    "reputation-address",
    { zone: { "1.2.0.192.zen.spamhaus.org A": ["127.0.0.4"] } },
  ],
  [
    "the domain is listed",
    "reputation-domain",
    { zone: { "example.com.dbl.spamhaus.org A": ["127.0.1.2"] } },
  ],
];

describe("of the checks of DNS data", () => {
  it("none complains of a good domain", async () => {
    expect(await complaints({})).toEqual([]);
  });

  for (const [what, id, fault, smtp] of faults)
    it(`${id} alone complains when ${what}`, async () => {
      expect(await complaints(fault, smtp)).toEqual([id]);
    });
});
