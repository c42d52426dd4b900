import type { Subject } from "../subject";
import type { SmtpHost } from "./every-host";
import type { Reply } from "./session";
import { leave, visit } from "./visit";

/**
 * Asks once in a run what a host tells of the domain's users by VRFY and EXPN.
 * @throws CannotCheck when there is no answer
 */
export function directory(
  subject: Subject,
  host: SmtpHost,
): Promise<Readonly<Record<"VRFY" | "EXPN", Reply>>> {
  return subject.once(`smtp directory of ${subject.domain} at ${host.address}`, () =>
    visit(subject, host, async (session) => {
      const VRFY = await session.command(`VRFY postmaster@${subject.domain}`);
      const EXPN = await session.command(`EXPN postmaster@${subject.domain}`);
      await leave(session);
      return { VRFY, EXPN };
    }),
  );
}
