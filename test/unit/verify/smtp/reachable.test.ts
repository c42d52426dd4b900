import { smtpReachable } from "../../../../verify/checks/smtp/reachable";
import { describeCheck } from "../support/world";
import { at, backupHost, mailHost, rawServer } from "./support/world";

describeCheck(smtpReachable, [
  {
    when: "the mail host greets",
    world: mailHost(),
    outcome: "passed",
    evidence: /^mx\.example\.com \(192\.0\.2\.1\) answers: 220 mx\.example\.com ESMTP$/,
  },
  {
    when: "the mail host lets strangers wait for its greeting",
    world: mailHost({ delay: 3000 }),
    outcome: "passed",
  },
  {
    when: "nothing listens on port 25",
    world: () => at("refused"),
    outcome: "failed",
    evidence: /^mx\.example\.com \(192\.0\.2\.1\) refuses connections/,
    remedy: /192\.0\.2\.1/,
  },
  {
    when: "the second mail host is down",
    world: backupHost("refused"),
    outcome: "failed",
    evidence: /^backup\.example\.com \(192\.0\.2\.2\) refuses.*\nmx\.example\.com/,
  },
  {
    when: "this machine's provider blocks port 25",
    world: () => at("timeout"),
    outcome: "not-checked",
    evidence: /did not answer within/,
    remedy: /block outbound port 25/,
  },
  {
    when: "this machine's line rejects port 25 in the mail host's name",
    world: () => at("rejected"),
    outcome: "not-checked",
    evidence: /line rejects connections to port 25/,
    remedy: /another network/,
  },
  {
    when: "the server turns this client away",
    world: async () => at(await rawServer((socket) => socket.write("554 5.7.1 Not you\r\n"))),
    outcome: "not-checked",
    evidence: /554 5\.7\.1 Not you/,
    remedy: /address/,
  },
  {
    when: "the server hangs up on whoever comes",
    world: async () => at(await rawServer((socket) => socket.end())),
    outcome: "not-checked",
    evidence: /closed the connection/,
  },
  {
    when: "the domain has no mail host",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
  {
    when: "the mail host has only IPv6",
    world: { zone: { "example.com MX": ["10 mx.example.com"], "mx.example.com AAAA": ["2001:db8::1"] } },
    outcome: "not-checked",
    evidence: /IPv4/,
  },
]);
