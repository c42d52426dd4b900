import { mtaStsPolicy } from "../../../../verify/checks/mta-sts/policy";
import { lineServer } from "../support/line-server";
import { describeCheck } from "../support/world";
import { path, policy, policyBut, stsWorld, zone } from "./support";

const redirect = { status: 301, headers: { location: "https://www.example.com/mta-sts.txt" } };

describeCheck(mtaStsPolicy, [
  {
    when: "the policy is there",
    world: () => stsWorld(),
    outcome: "passed",
    evidence: /mta-sts\.txt has the policy\.\nversion: STSv1.*S: 200 OK/s,
  },
  {
    when: "the type has a parameter",
    world: () =>
      stsWorld({ policy: { body: policy, headers: { "content-type": "text/plain; charset=utf-8" } } }),
    outcome: "passed",
  },
  {
    when: "the policy host has no address",
    world: () => stsWorld({ world: { zone: { ...zone, "mta-sts.example.com A": [] } } }),
    outcome: "failed",
    evidence: /mta-sts\.example\.com has no address/,
    remedy: /^Publish mta-sts\.example\.com\. A .*mx: mx\.example\.com/,
  },
  {
    when: "the policy host refuses connections",
    world: () => stsWorld({ world: { listeners: { "192.0.2.2:443": "refused" } } }),
    outcome: "failed",
    evidence: /port 443 refuses/,
  },
  {
    when: "the policy host does not answer",
    world: () => stsWorld({ world: { listeners: { "192.0.2.2:443": "timeout" } } }),
    outcome: "not-checked",
  },
  {
    when: "the policy host has no TLS",
    world: () => stsWorld({ webNames: [] }),
    outcome: "failed",
    evidence: /No TLS with mta-sts\.example\.com/,
  },
  {
    when: "mail answers on the policy host's port",
    world: async () => {
      const server = await lineServer({ greeting: "220 mx.example.com ESMTP", answer: () => undefined });
      return stsWorld({ world: { listeners: { "192.0.2.2:443": server } } });
    },
    outcome: "failed",
  },
  {
    when: "the certificate is for the web site",
    world: () => stsWorld({ webNames: ["www.example.com"] }),
    outcome: "failed",
    evidence: /certificate of mta-sts\.example\.com is for www\.example\.com/,
  },
  {
    when: "nobody knows the certificate's authority",
    world: () => stsWorld({ world: { authorities: [] } }),
    outcome: "failed",
    evidence: /no known authority/,
  },
  {
    when: "the policy is a redirect away",
    world: () => stsWorld({ policy: redirect }),
    outcome: "failed",
    evidence: /redirects to https:\/\/www\.example\.com\/mta-sts\.txt/,
  },
  {
    when: "there is no policy",
    world: () => stsWorld({ pages: {} }),
    outcome: "failed",
    evidence: /status 404/,
  },
  {
    when: "the policy has no end",
    world: () => stsWorld({ policy: "mx: mx.example.com\n".repeat(5000) }),
    outcome: "failed",
    evidence: /more than 64 KiB/,
  },
  {
    when: "the policy has no mode",
    world: () => stsWorld({ policy: policyBut(/mode.*\r\n/, "") }),
    outcome: "failed",
    evidence: /has no mode:/,
  },
  {
    when: "the web site's front page is there instead",
    world: () => stsWorld({ policy: "<!doctype html><title>Welcome</title>" }),
    outcome: "failed",
    evidence: /no "key: value"/,
  },
  {
    when: "the policy comes as HTML",
    world: () => stsWorld({ pages: { [path]: { body: policy, headers: { "content-type": "text/html" } } } }),
    outcome: "warning",
    evidence: /comes as text\/html/,
  },
  {
    when: "there is no record for it",
    world: () => stsWorld({ world: { zone: { ...zone, "_mta-sts.example.com TXT": [] } } }),
    outcome: "not-applicable",
  },
]);
