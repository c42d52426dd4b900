import { NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { age, day, time } from "./age";
import type { HostStatus } from "./status";

/** A host that has said nothing for longer is not taken at its word. */
const silence = 2 * day;

/** What the host said, however long ago. @throws NotApplicable where nobody told */
export function lastWord({ hostStatus }: Pick<Subject, "hostStatus">): HostStatus {
  if (!hostStatus)
    throw new NotApplicable(
      "It takes what the host says of itself: --host-status FILE, with - for standard input; docs/verify.md has the format.",
    );
  return hostStatus;
}

export function isSilent({ updated }: HostStatus, now: Date): boolean {
  return age(updated, now) > silence;
}

/** What the host said of late. @throws NotApplicable where it did not; host-state tells that it is silent */
export function told(subject: Pick<Subject, "hostStatus" | "now">): HostStatus {
  const status = lastWord(subject);
  if (isSilent(status, subject.now))
    throw new NotApplicable(
      `${status.hostname} has told nothing since ${time(status.updated)}; host-state is about that.`,
    );
  return status;
}
