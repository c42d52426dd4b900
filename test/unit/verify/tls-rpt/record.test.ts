import { tlsRptRecord } from "../../../../verify/checks/tls-rpt/record";
import { describeCheck } from "../support/world";
import { reportWorld } from "./support";

describeCheck(tlsRptRecord, [
  {
    when: "the record is right",
    world: reportWorld(["v=TLSRPTv1; rua=mailto:tls@example.com,https://reports.example.net/v1/tls;"]),
    outcome: "passed",
  },
  {
    when: "there are two",
    world: reportWorld(["v=TLSRPTv1; rua=mailto:a@example.com", "v=TLSRPTv1; rua=mailto:b@example.com"]),
    outcome: "warning",
    evidence: /2 records/,
    remedy: /Leave one/,
  },
  {
    when: "the address is none",
    world: reportWorld(["v=TLSRPTv1; rua=postmaster"]),
    outcome: "warning",
    evidence: /"postmaster", which is neither/,
    remedy: /rua=mailto:postmaster@example\.com/,
  },
  {
    when: "there is no address",
    world: reportWorld(["v=TLSRPTv1;"]),
    outcome: "warning",
    evidence: /no rua=/,
  },
  {
    when: "the reports are to go over plain HTTP",
    world: reportWorld(["v=TLSRPTv1; rua=http://reports.example.net/"]),
    outcome: "warning",
  },
  { when: "there is no record", world: reportWorld([]), outcome: "not-applicable" },
]);
