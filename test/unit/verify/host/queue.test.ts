import { hostQueue } from "../../../../verify/checks/host/queue";
import { describeCheck } from "../support/world";
import { longAgo, told } from "./support/host";

/** The host told at 11:00. */
const since = (oldest: string, messages = 1) => told({ queue: { messages, oldest: new Date(oldest) } });

describeCheck(hostQueue, [
  { when: "nothing waits", world: told(), outcome: "passed", evidence: /empty at 2026-11-24 11:00 UTC/ },
  {
    when: "a message waits for four hours",
    world: since("2026-11-24T07:00:00Z"),
    outcome: "passed",
    evidence: /^1 message waits on mx1\.example\.com, the oldest for 4 hours/,
  },
  {
    when: "a message waits for longer",
    world: since("2026-11-24T06:59:59Z", 12),
    outcome: "warning",
    evidence: /^12 messages wait .* 4 hours/,
    remedy: /postqueue -p.*port 25/,
  },
  { when: "a message waits for four days", world: since("2026-11-20T11:00:00Z"), outcome: "warning" },
  {
    when: "a message is about to be returned",
    world: since("2026-11-20T10:59:59Z", 2),
    outcome: "failed",
    evidence: /4 days.*\n.*returned to its sender/,
    remedy: /postqueue -p/,
  },
  {
    when: "the host could not find out",
    world: told({ queue: null }),
    outcome: "not-checked",
    remedy: /systemctl status postfix/,
  },
  { when: "the host says nothing of it", world: told({ queue: undefined }), outcome: "not-applicable" },
  {
    when: "the host is silent, which another check tells",
    world: told({ updated: longAgo, queue: { messages: 1, oldest: new Date("2026-11-10T00:00:00Z") } }),
    outcome: "not-applicable",
    evidence: /host-state/,
  },
  { when: "nobody told", world: {}, outcome: "not-applicable", evidence: /--host-status FILE/ },
]);
