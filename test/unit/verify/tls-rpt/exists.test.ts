import { tlsRptExists } from "../../../../verify/checks/tls-rpt/exists";
import { describeCheck } from "../support/world";
import { reportWorld } from "./support";

describeCheck(tlsRptExists, [
  {
    when: "there is a record",
    world: reportWorld(["v=TLSRPTv1; rua=mailto:tls@example.com"]),
    outcome: "passed",
    evidence: /rua=mailto:tls@example\.com/,
  },
  { when: "there is one, however broken", world: reportWorld(["v=TLSRPTv1"]), outcome: "passed" },
  {
    when: "there is none",
    world: reportWorld([]),
    outcome: "warning",
    remedy: /_smtp\._tls\.example\.com\. TXT "v=TLSRPTv1; rua=mailto:postmaster@example\.com"/,
  },
  { when: "only a wildcard answers", world: reportWorld(["v=spf1 -all"]), outcome: "warning" },
  {
    when: "the name servers fail for it",
    world: reportWorld([], {}, { broken: ["_smtp._tls.example.com"] }),
    outcome: "not-checked",
  },
  {
    when: "the domain receives no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
]);
