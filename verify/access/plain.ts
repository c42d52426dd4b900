import type { AccessHost } from "../access-hosts";
import { Unreachable } from "../network";
import { NotApplicable } from "../outcome";
import { probePort } from "../probe";
import type { Subject } from "../subject";
import { closed, door, doors, nameOf } from "./doors";

/**
 * Opens a session on a port that is best closed.
 * @returns the session, or that it is closed
 * @throws NotApplicable where users have no port at all; CannotCheck where nothing of the host answers
 */
export async function openPlain<T extends object>(
  subject: Subject,
  host: AccessHost,
  open: () => Promise<T>,
): Promise<T | { readonly closed: string }> {
  const opening = probePort(subject, host).then(open);
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const { anyOpen, meant } = await doors(subject);
    if (!anyOpen && !meant) throw new NotApplicable(`${host.name} has no port open for users.`);
    // A firewall that does not answer is told from a broken line by what else is heard of the host.
    if (error.why !== "refused" && !anyOpen) throw error;
    return { closed: `${nameOf(host)} ${closed(await door(opening))}.` };
  }
}
