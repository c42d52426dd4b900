import { discoverySrv } from "../../../../verify/checks/discovery/srv";
import { describeCheck } from "../support/world";

const zone = {
  "example.com MX": ["10 mx.example.com"],
  "mx.example.com A": ["192.0.2.1"],
  "_submissions._tcp.example.com SRV": ["0 1 465 mail.example.com"],
  "_imaps._tcp.example.com SRV": ["0 1 993 mail.example.com"],
  "mail.example.com A": ["192.0.2.2"],
};

describeCheck(discoverySrv, [
  {
    when: "both are there",
    world: { zone },
    outcome: "passed",
    evidence: /SRV 0 1 993 mail\.example\.com\./,
  },
  {
    when: "the domain says that it offers no IMAP",
    world: { zone: { ...zone, "_imaps._tcp.example.com SRV": ["0 0 0 ."] } },
    outcome: "passed",
  },
  {
    when: "there are none",
    world: {
      zone: { ...zone, "_submissions._tcp.example.com SRV": [], "_imaps._tcp.example.com SRV": [] },
    },
    outcome: "warning",
    evidence: /No SRV record: _submissions\._tcp\.example\.com, _imaps\._tcp\.example\.com/,
    remedy: /_submissions\._tcp\.example\.com\. SRV 0 1 465 mx\.example\.com\.\n_imaps.* SRV 0 1 993 mx/,
  },
  {
    when: "only submission is announced",
    world: { zone: { ...zone, "_imaps._tcp.example.com SRV": [] } },
    outcome: "warning",
    evidence: /^No SRV record: _imaps\._tcp\.example\.com\./,
  },
  {
    when: "only services that begin without TLS are announced",
    world: {
      zone: {
        ...zone,
        "_submissions._tcp.example.com SRV": [],
        "_submission._tcp.example.com SRV": ["0 1 587 mail.example.com"],
      },
    },
    outcome: "warning",
    remedy: /_submissions\._tcp\.example\.com\. SRV 0 1 465 mail\.example\.com\./,
  },
  {
    when: "the domain receives no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
]);
