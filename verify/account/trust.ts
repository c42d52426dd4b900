import type { TLSSocket } from "node:tls";
import type { AccessHost } from "../access-hosts";
import { CannotCheck } from "../outcome";

/** @throws CannotCheck before a password goes to someone who can't show who he is */
export function requireTrust(tls: TLSSocket | undefined, { name, port }: AccessHost): void {
  if (!tls?.authorized)
    throw new CannotCheck(
      `The password was not sent: the certificate at ${name} port ${port} is not trusted (${tls?.authorizationError ?? "no TLS"}).`,
      "Mend the certificate first; the checks of the group certificate name what is wrong with it.",
    );
}
