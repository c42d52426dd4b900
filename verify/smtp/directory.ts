import type { Subject } from "../subject";
import type { SmtpHost } from "./every-host";
import { nobody } from "./recipients";
import type { Reply } from "./session";
import { leave, visit } from "./visit";

/** What it replied about the postmaster, and about an address that nobody has. */
export interface Directory {
  readonly VRFY: Reply;
  readonly nobodysVRFY: Reply;
  readonly EXPN: Reply;
}

/**
 * Asks once in a run what a host tells of the domain's users by VRFY and EXPN.
 * @throws CannotCheck when there is no answer
 */
export function directory(subject: Subject, host: SmtpHost): Promise<Directory> {
  return subject.once(`smtp directory of ${subject.domain} at ${host.address}`, () =>
    visit(subject, host, async (session) => {
      const VRFY = await session.command(`VRFY postmaster@${subject.domain}`);
      const nobodysVRFY = await session.command(`VRFY ${nobody(subject.domain)}@${subject.domain}`);
      const EXPN = await session.command(`EXPN postmaster@${subject.domain}`);
      await leave(session);
      return { VRFY, nobodysVRFY, EXPN };
    }),
  );
}
