import { mxExists } from "../../../../verify/checks/mx/exists";
import { describeCheck } from "../support/world";

const zone = { "example.com SOA": ["ns1.example.net hostmaster.example.com 1 1 1 1 1"] };

describeCheck(mxExists, [
  {
    when: "the domain names its mail hosts",
    world: { zone: { ...zone, "example.com MX": ["20 backup.example.net", "10 mx.example.com"] } },
    outcome: "passed",
    evidence: /^example\.com\. MX 10 mx\.example\.com\.\nexample\.com\. MX 20 backup\.example\.net\.$/,
  },
  {
    when: "it says that it receives no mail",
    world: { zone: { ...zone, "example.com MX": ["0 ."] } },
    outcome: "passed",
    evidence: /receives no mail.*MX 0 \./,
  },
  {
    when: "it has only an address",
    world: { zone: { ...zone, "example.com A": ["192.0.2.80"] } },
    outcome: "warning",
    evidence: /no MX record.*192\.0\.2\.80/,
    remedy: /"example\.com\. MX 10 mail\.example\.com\."/,
  },
  {
    when: "it has neither MX record nor address",
    world: { zone, expected: { hostname: "mx.example.com", addresses: ["192.0.2.1"], records: [] } },
    outcome: "failed",
    evidence: /neither MX record nor address/,
    remedy: /"example\.com\. MX 10 mx\.example\.com\."/,
  },
  { when: "it does not exist, which is another check's", world: { zone: {} }, outcome: "not-applicable" },
  { when: "its name servers are down", world: { zone, broken: ["example.com"] }, outcome: "not-applicable" },
  {
    when: "its name servers fail for MX alone",
    world: { zone: { ...zone, "example.com MX": ["10 mx.example.com"] }, broken: ["example.com MX"] },
    outcome: "failed",
    evidence: /SERVFAIL when asked for example\.com MX/,
    remedy: /port 53/,
  },
  {
    when: "the resolver gives no answer",
    world: { zone, unanswered: ["example.com"] },
    outcome: "not-checked",
  },
]);
