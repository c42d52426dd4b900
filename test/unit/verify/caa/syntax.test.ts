import { caaSyntax } from "../../../../verify/checks/caa/syntax";
import { describeCheck } from "../support/world";
import { caa, without, zoneOnly } from "./support";

const issue = (value: string) => zoneOnly([...without("issue"), `0 issue "${value}"`]);
const account = "https://acme-v02.api.letsencrypt.org/acme/acct/1234";

describeCheck(caaSyntax, [
  { when: "the records are right", world: zoneOnly(), outcome: "passed" },
  {
    when: "issuance is bound to an account and a method",
    world: issue(`letsencrypt.org; accounturi=${account}; validationmethods=http-01,tls-alpn-01`),
    outcome: "passed",
  },
  {
    when: "a semicolon is missing before a parameter",
    world: issue(`letsencrypt.org accounturi=${account}`),
    outcome: "warning",
    evidence: /can't be read, so that it allows nobody/,
    remedy: /example\.com\. CAA 0 issue/,
  },
  { when: "the authority is given as a URL", world: issue("https://letsencrypt.org"), outcome: "warning" },
  {
    when: "two accounts are in one record",
    world: issue(`letsencrypt.org; accounturi=${account}; accounturi=${account}5`),
    outcome: "warning",
    evidence: /a parameter twice/,
  },
  {
    when: "the account is a number",
    world: issue("letsencrypt.org; accounturi=1234"),
    outcome: "warning",
    evidence: /accounturi that is no URI/,
  },
  {
    when: "the methods are in no list",
    world: issue("letsencrypt.org; validationmethods=http_01"),
    outcome: "warning",
    evidence: /validationmethods/,
  },
  {
    when: "a property has a typing error",
    world: zoneOnly([...caa, '0 isuse "letsencrypt.org"']),
    outcome: "warning",
    evidence: /property "isuse", which no authority knows\.$/,
  },
  {
    when: "an unknown property is critical",
    world: zoneOnly([...caa, '128 policy2 "x"']),
    outcome: "warning",
    evidence: /none may issue/,
  },
  {
    when: "reports go to an address without mailto:",
    world: zoneOnly([...without("iodef"), '0 iodef "postmaster@example.com"']),
    outcome: "warning",
    evidence: /neither a mailto: nor an https:/,
  },
  { when: "there are no records", world: zoneOnly([]), outcome: "not-applicable" },
]);
