import { hostState } from "../../../../verify/checks/host/state";
import { describeCheck } from "../support/world";
import { longAgo, told } from "./support/host";

describeCheck(hostState, [
  { when: "the host is ready", world: told(), outcome: "passed", evidence: /2026-11-24 11:00 UTC/ },
  {
    when: "the host failed, in its own words",
    world: told({
      state: "failed",
      stage: "check",
      errors: [{ part: "postfix", message: "fatal: bad string length" }],
    }),
    outcome: "failed",
    evidence: /failed at check.*\npostfix: fatal: bad string length/,
  },
  {
    when: "the host failed and has fallen silent",
    world: told({ state: "failed", updated: longAgo }),
    outcome: "failed",
  },
  {
    when: "the host is on its way",
    world: told({
      state: "applying",
      stage: "volume",
      errors: [{ part: "volume", message: "vol-1 is not attached" }],
    }),
    outcome: "warning",
    evidence: /at volume.*\nvolume: vol-1 is not attached/,
  },
  {
    when: "the host has given no sign of life for two days",
    world: told({ updated: longAgo }),
    outcome: "warning",
    evidence: /no sign of life for 2 days: it was ready at 2026-11-22 11:59 UTC/,
    remedy: /systemctl status mailserver-agent/,
  },
  {
    when: "the host gave its last sign of life less than two days ago",
    world: told({ updated: new Date("2026-11-22T12:00:00Z") }),
    outcome: "passed",
  },
  {
    when: "the host's clock is ahead",
    world: told({ updated: new Date("2026-11-24T12:10:00Z") }),
    outcome: "passed",
  },
  { when: "nobody told", world: {}, outcome: "not-applicable", evidence: /--host-status FILE/ },
]);
