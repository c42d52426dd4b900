import { caaIssuer } from "../../../../verify/checks/caa/issuer";
import { describeCheck } from "../support/world";
import { caa, caaWorld, without } from "./support";

const issue = (...values: string[]) => [...without("issue"), ...values.map((value) => `0 issue "${value}"`)];

describeCheck(caaIssuer, [
  {
    when: "the records allow who issued the certificate",
    world: () => caaWorld(),
    outcome: "passed",
    evidence: /CAA allows Let's Encrypt, which issued the certificate of mx\.example\.com/,
  },
  {
    when: "they allow it under conditions",
    world: () => caaWorld(issue("LetsEncrypt.org; validationmethods=http-01")),
    outcome: "passed",
  },
  {
    when: "an authority is sold under another name",
    world: () => caaWorld(issue("sectigo.com"), { organization: "ZeroSSL" }),
    outcome: "passed",
  },
  {
    when: "they allow only another authority",
    world: () => caaWorld(issue("digicert.com")),
    outcome: "warning",
    evidence: /does not allow Let's Encrypt, which issued .* mx\.example\.com, so the next renewal fails/,
    remedy: /Publish example\.com\. CAA 0 issue "letsencrypt\.org"/,
  },
  {
    when: "the host's own records allow only another authority, whatever the domain's say",
    world: () =>
      caaWorld({
        "example.com CAA": caa,
        "mx.example.com CAA": ['0 issue "pki.goog"'],
      }),
    outcome: "warning",
    remedy: /Publish mx\.example\.com\. CAA/,
  },
  {
    when: "they allow nobody",
    world: () => caaWorld(issue(";"), { organization: "Honest Achmed" }),
    outcome: "warning",
    remedy: /<the domain of your authority>/,
  },
  {
    when: "the certificate is for all names, and none such may be issued",
    world: () => caaWorld(caa, { names: ["*.example.com"] }),
    outcome: "warning",
  },
  {
    when: "the certificate is for all names, and nothing is said of those",
    world: () => caaWorld(without("issuewild"), { names: ["*.example.com"] }),
    outcome: "passed",
  },
  {
    when: "the certificate is of an authority that is not known here",
    world: () => caaWorld(caa, { organization: "Honest Achmed" }),
    outcome: "not-checked",
    evidence: /has to allow Honest Achmed/,
    remedy: /letsencrypt\.org/,
  },
  {
    when: "the record can't be read, which is another check's",
    world: () => caaWorld(issue("letsencrypt.org validationmethods=http-01")),
    outcome: "not-applicable",
  },
  { when: "there are no records", world: () => caaWorld([]), outcome: "not-applicable" },
  {
    when: "port 25 is blocked here",
    world: () => caaWorld(caa, { world: { listeners: { "192.0.2.1:25": "timeout" } } }),
    outcome: "not-checked",
  },
]);
