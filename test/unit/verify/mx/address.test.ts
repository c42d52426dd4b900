import { mxAddress } from "../../../../verify/checks/mx/address";
import { describeCheck } from "../support/world";

const zone = {
  "example.com MX": ["10 mx.example.com", "20 backup.example.net"],
  "mx.example.com A": ["192.0.2.1"],
  "backup.example.net A": ["198.51.100.1"],
};

describeCheck(mxAddress, [
  {
    when: "every mail host has an address",
    world: { zone },
    outcome: "passed",
    evidence: /mx\.example\.com has 192\.0\.2\.1\.\nbackup\.example\.net has 198\.51\.100\.1\./,
  },
  {
    when: "the backup does not exist any more",
    world: { zone: { ...zone, "example.com MX": ["10 mx.example.com", "20 gone.example.org"] } },
    outcome: "failed",
    evidence: /gone\.example\.org \(NXDOMAIN\)/,
    remedy: /"gone\.example\.org\. A"/,
  },
  {
    when: "the only mail host has no A record",
    world: { zone: { "example.com MX": ["10 mx.example.com"], "mx.example.com TXT": ["v=spf1 a -all"] } },
    outcome: "failed",
    evidence: /mx\.example\.com \(neither A nor AAAA\)/,
  },
  {
    when: "the name servers of the mail host are down",
    world: { zone, broken: ["backup.example.net"] },
    outcome: "failed",
    evidence: /backup\.example\.net \(SERVFAIL\)/,
  },
  {
    when: "the mail host is an alias that leads nowhere",
    world: {
      zone: { "example.com MX": ["10 mx.example.com"], "mx.example.com CNAME": ["gone.example.org"] },
    },
    outcome: "failed",
  },
  {
    when: "there is nothing but IPv6",
    world: { zone: { "example.com MX": ["10 mx.example.com"], "mx.example.com AAAA": ["2001:db8::1"] } },
    outcome: "failed",
    evidence: /No mail host has an IPv4 address/,
    remedy: /mx\.example\.com\. A/,
  },
  {
    when: "the MX record has an IP address, which is another check's",
    world: { zone: { "example.com MX": ["10 192.0.2.1"] } },
    outcome: "not-applicable",
  },
  {
    when: "the domain receives no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
]);
