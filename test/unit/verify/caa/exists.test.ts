import { caaExists } from "../../../../verify/checks/caa/exists";
import { describeCheck } from "../support/world";
import { caa, caaWorld, without, zoneOnly } from "./support";

describeCheck(caaExists, [
  {
    when: "the domain has records",
    world: zoneOnly(),
    outcome: "passed",
    evidence: /example\.com\. CAA 0 issue/,
  },
  {
    when: "the domain's parent has the records",
    world: {
      ...zoneOnly({ "example.com CAA": caa, "mail.example.com MX": ["10 mx.example.com"] }),
      domain: "mail.example.com",
    },
    outcome: "passed",
  },
  {
    when: "the mail host leads by an alias to another zone, which has records",
    world: zoneOnly({
      "example.com CAA": caa,
      "example.com MX": ["10 mx.example.com"],
      "mx.example.com CNAME": ["mx.example.net"],
      "mx.example.net A": ["192.0.2.1"],
      "mx.example.net CAA": ['0 issue "pki.goog"'],
    }),
    outcome: "passed",
    evidence: /mx\.example\.com\. CAA 0 issue "pki\.goog"/,
  },
  {
    when: "there are none",
    world: () => caaWorld([]),
    outcome: "warning",
    evidence: /Any authority may issue certificates for example\.com, mx\.example\.com\./,
    remedy: /Publish example\.com\. CAA 0 issue "letsencrypt\.org"$/,
  },
  {
    when: "there are none, and the mail host can't be reached",
    world: zoneOnly([]),
    outcome: "warning",
    remedy: /example\.com\. CAA 0 issue "<the domain of your authority>"/,
  },
  {
    when: "the records don't say who may issue",
    world: zoneOnly(without("issue")),
    outcome: "warning",
    evidence: /Any authority.*CAA 0 iodef/s,
  },
  {
    when: "the mail provider's host has none",
    world: zoneOnly({
      "example.com CAA": caa,
      "example.com MX": ["10 mx.example.net"],
      "mx.example.net A": ["192.0.2.9"],
    }),
    outcome: "warning",
    evidence: /for mx\.example\.net\./,
  },
  {
    when: "the name servers fail for the host's CAA",
    world: {
      ...zoneOnly({ "mx.example.net A": ["192.0.2.9"], "example.com MX": ["10 mx.example.net"] }),
      broken: ["net"],
    },
    outcome: "not-checked",
    evidence: /SERVFAIL when asked for net CAA; authorities do not issue then/,
  },
]);
