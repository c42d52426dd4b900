import { hostWarnings } from "../../../../verify/checks/host/warnings";
import { describeCheck } from "../support/world";
import { longAgo, told } from "./support/host";

describeCheck(hostWarnings, [
  { when: "the host has none", world: told(), outcome: "passed" },
  {
    when: "a certificate is near its end",
    world: told({ warnings: ["example.net ends in 9 days", "example.org: no such name"] }),
    outcome: "warning",
    evidence:
      /^mx1\.example\.com has 2 warnings.*\.\nexample\.net ends in 9 days\nexample\.org: no such name$/,
  },
  { when: "the host says nothing of them", world: told({ warnings: undefined }), outcome: "not-applicable" },
  {
    when: "the host is silent, which another check tells",
    world: told({ updated: longAgo, warnings: ["example.net ends in 9 days"] }),
    outcome: "not-applicable",
    evidence: /host-state/,
  },
  { when: "nobody told", world: {}, outcome: "not-applicable", evidence: /--host-status FILE/ },
]);
