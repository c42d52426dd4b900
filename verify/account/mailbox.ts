import type { ImapFlow } from "imapflow";
import { imapsHello } from "../access/hello";
import { accessHost } from "../access-hosts";
import { Unreachable } from "../network";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { beginTls } from "../tls/connect";
import { accountOf, NamedBy } from "./account-check";
import { requireTrust } from "./trust";

/** Bytes. A response of a server that means well is far below it: only messages of our own are fetched. */
const responseLimit = 1024 * 1024;

export interface Login {
  /** Where, for evidence. */
  readonly host: string;
  readonly seconds: number;
  /** In INBOX. */
  readonly messages: number;
}

/**
 * Logs in by IMAP once in a run and leaves again: a wrong password is tried no second time, before the server bans
 * this address.
 * @throws NamedBy account-imap when the login is refused, NotApplicable when port 993 is closed
 */
export function imapLogin(subject: Subject): Promise<Login> {
  const { user } = accountOf(subject);
  return subject.once(`imap login of ${user} for ${subject.domain}`, async () => {
    const since = performance.now();
    const { name, port } = await accessHost(subject, "imaps");
    return withMailbox(subject, async (client) => {
      const { exists } = await client.mailboxOpen("INBOX", { readOnly: true });
      return {
        host: `${name} port ${port}`,
        seconds: Math.round(performance.now() - since) / 1000,
        messages: exists,
      };
    });
  });
}

/** Logs in, does some work and logs out. @throws as `imapLogin` does */
export async function withMailbox<T>(subject: Subject, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = await openMailbox(subject);
  try {
    return await work(client);
  } catch (error) {
    if (error instanceof NotApplicable || error instanceof CannotCheck) throw error;
    throw new CannotCheck(
      `IMAP broke off: ${(error as Error).message}`,
      "Look at the IMAP server's log for this login.",
    );
  } finally {
    // Without waiting: the server's farewell tells nothing.
    client.logout().catch(() => {});
    setTimeout(() => client.close(), 1000).unref();
  }
}

async function openMailbox(subject: Subject): Promise<ImapFlow> {
  const host = await accessHost(subject, "imaps");
  const { user, password } = accountOf(subject);
  await imapsHello(subject).catch((error) => {
    if (error instanceof Unreachable && error.why === "refused")
      throw new NotApplicable(`${error.message} That is for access-imaps to tell.`);
    throw error;
  });
  const tls = await beginTls(subject.network, await subject.network.connect(host), host.name);
  try {
    requireTrust(tls, host);
  } catch (error) {
    tls.destroy();
    throw error;
  }
  // Loaded only where an account is there: it takes longer than all checks of a stranger's together to load.
  const { ImapFlow } = await import("imapflow");
  const client = new ImapFlow({
    host: host.name,
    port: host.port,
    secure: true,
    auth: { user, pass: password },
    clientInfo: { name: "mailserver verify" },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    maxLineLength: responseLimit,
    maxLiteralSize: responseLimit,
    maxResponseSize: 2 * responseLimit,
    transport: {
      connect: (_, onConnect) => {
        setImmediate(onConnect);
        return tls;
      },
    },
  });
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw refused(error as ImapError, `${host.name} port ${host.port}`, user);
  }
}

interface ImapError extends Error {
  readonly authenticationFailed?: boolean;
  readonly responseText?: string;
}

function refused(error: ImapError, host: string, user: string): Error {
  if (!error.authenticationFailed)
    return new CannotCheck(`IMAP on ${host} broke off: ${error.message}`, "Look at the IMAP server's log.");
  return new NamedBy(
    "account-imap",
    `${host} refuses the login of ${user}: ${error.responseText ?? error.message}`,
    "See that the password is right (`doveadm auth test` on a Dovecot host asks the server itself), and look at the IMAP server's log.",
  );
}
