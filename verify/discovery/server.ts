import { type AccessService, accessHost } from "../access-hosts";
import { addressesOf, mailHosts } from "../mail-hosts";
import { Unreachable } from "../network";
import type { Subject } from "../subject";
import { beginTls, HandshakeFailed } from "../tls/connect";
import { distrust } from "../tls/peer";
import { type MailService, mailServices, NoTls, reachTls } from "../tls/services";

/** A server that mail programs are told to use. */
export interface AnnouncedServer {
  readonly name: string;
  readonly port: number;
  /** How TLS begins there, as the announcement has it. */
  readonly begins: MailService["begins"];
}

/** Why mail programs get nowhere with an announced server. */
export interface ServerFault {
  /** A port that only does not answer from here may be this machine's line. */
  readonly outcome: "failed" | "warning";
  /** A sentence. */
  readonly text: string;
}

/** Ports that one of a host of users has open, to tell a silent port from a silent host. */
const usualPorts = [993, 465, 587];

/**
 * What is wrong with an announced server that no check of the server itself tells: those that access-submissions and
 * access-imaps are about may be closed, and what is wrong with a mail host's certificate its own checks tell.
 * @throws CannotCheck when the host does not answer at all
 */
export async function faultOf(subject: Subject, server: AnnouncedServer): Promise<ServerFault | undefined> {
  const { name, port } = server;
  const failed = (text: string) => ({ outcome: "failed", text }) as const;
  const [address] = await addressesOf(subject, name);
  if (!address) return failed(`${name} has no address.`);
  const [told, certified] = await Promise.all([toldElsewhere(subject, server), isCertified(subject, server)]);
  try {
    const tls = await beginTls(
      subject.network,
      await reachTls(subject, address, { port, begins: server.begins, optional: true }),
      name,
    );
    const why = certified ? undefined : distrust(tls, name);
    tls.destroy();
    return why ? failed(`The certificate of ${name} port ${port} ${why}.`) : undefined;
  } catch (error) {
    const isTls = error instanceof HandshakeFailed || error instanceof NoTls;
    if (isTls && told) return undefined;
    if (error instanceof Unreachable && told === "wholly") return undefined;
    if (error instanceof NoTls) return failed(`${name} port ${port} (${address}) offers no TLS.`);
    if (error instanceof HandshakeFailed)
      return failed(`${name} port ${port} (${address}) does not speak TLS as announced: ${error.message}`);
    if (!(error instanceof Unreachable)) throw error;
    if (error.why === "refused") return failed(`${name} port ${port} (${address}) is closed.`);
    if (error.why === "timeout" && (await answers(subject, address)))
      return {
        outcome: "warning",
        text: `${name} port ${port} (${address}) does not answer, while other ports of the host do.`,
      };
    throw error;
  }
}

/** What several servers come to, the worst fault first. */
export async function faultsOf(
  subject: Subject,
  servers: readonly AnnouncedServer[],
): Promise<readonly ServerFault[]> {
  const found = await Promise.all(servers.map((server) => faultOf(subject, server)));
  const faults = found.filter((fault) => fault !== undefined);
  return [...faults].sort((a, b) => a.outcome.localeCompare(b.outcome));
}

/** For evidence. */
export function describeServer({ name, port, begins }: AnnouncedServer): string {
  return `${name} port ${port} (${begins === "at once" ? "TLS from the start" : `${begins} with STARTTLS`})`;
}

/** Whether checks of the server itself tell of it: of port 587 only while it is open, because 465 is the one to have. */
async function toldElsewhere(
  subject: Subject,
  { name, port }: AnnouncedServer,
): Promise<"wholly" | "while open" | undefined> {
  const is = async (service: AccessService) => {
    const host = await accessHost(subject, service);
    return host.name === name && host.port === port;
  };
  if ((await is("submissions")) || (await is("imaps"))) return "wholly";
  return (await is("submission")) ? "while open" : undefined;
}

/** Whether the checks of certificates look at this port. */
async function isCertified(subject: Subject, { name, port }: AnnouncedServer): Promise<boolean> {
  const isMailHost = (await mailHosts(subject)).some((host) => host.name === name);
  return isMailHost && mailServices.some((service) => service.port === port);
}

/** Whether any of a host's ports for users is open. */
async function answers({ network, once }: Subject, address: string): Promise<boolean> {
  const open = usualPorts.map((port) =>
    once(`whether ${address} port ${port} is open`, async () => {
      const socket = await network.connect({ address, port }, { probe: true });
      socket.destroy();
    }),
  );
  return Promise.any(open).then(
    () => true,
    () => false,
  );
}
