import { hostBackup } from "../../../../verify/checks/host/backup";
import { describeCheck } from "../support/world";
import { longAgo, told } from "./support/host";

const finished = (time: string) => told({ backup: { finished: new Date(time) } });

describeCheck(hostBackup, [
  { when: "the last one is of this night", world: told(), outcome: "passed", evidence: /9 hours ago/ },
  { when: "the last one is two days old", world: finished("2026-11-22T12:00:00Z"), outcome: "passed" },
  {
    when: "the last one is older",
    world: finished("2026-11-22T11:59:59Z"),
    outcome: "warning",
    evidence: /2 days ago, at 2026-11-22 11:59 UTC/,
    remedy: /journal/,
  },
  { when: "the last one is seven days old", world: finished("2026-11-17T12:00:00Z"), outcome: "warning" },
  { when: "the last one is still older", world: finished("2026-11-17T11:59:59Z"), outcome: "failed" },
  { when: "the host says nothing of backups", world: told({ backup: undefined }), outcome: "not-applicable" },
  {
    when: "the host is silent, which another check tells",
    world: told({ updated: longAgo }),
    outcome: "not-applicable",
    evidence: /host-state/,
  },
  { when: "nobody told", world: {}, outcome: "not-applicable", evidence: /--host-status FILE/ },
]);
