import type { Socket } from "node:net";
import { Unreachable } from "../network";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import type { Agreed, Answer } from "./answer";
import { ask } from "./ask";
import { certificateOf, type MailPort } from "./certificates";
import { HandshakeFailed } from "./connect";
import { type Group, goodGroups, weakGroups } from "./groups";
import type { Offer } from "./hello";
import { NoTls, reachTls } from "./services";
import { type Suite, suiteOf, suites, tls13Suites } from "./suites";
import { isVersion, type Version, version } from "./versions";

/** What a port agrees to when it is offered all that there is. */
export interface Best {
  readonly tls13: boolean;
  /** Its answer to an offer of all that there is up to TLS 1.2; undefined when it agrees to none of that. */
  readonly older?: Agreed;
}

/** A suite that a port agrees to, although it should not. */
export type WeakSuite = Suite & { readonly primeBits?: number };

/**
 * @throws CannotCheck when it agrees to nothing, or does not answer; NoTls, Unreachable
 */
export function best(subject: Subject, port: MailPort): Promise<Best> {
  return subject.once(`best TLS of ${nameOf(port)}`, async () => {
    await awaitHello(subject, port);
    const [modern, older] = await Promise.all([
      offer(subject, port, { version: version.tls13, suites: tls13Suites }),
      offer(subject, port, { version: version.tls12, compression: true }),
    ]);
    if (modern.kind === "refused" && older.kind === "refused")
      throw new CannotCheck(
        `The server agrees to no version of TLS: ${older.how}`,
        "Look at the server's log for this connection: its certificate or key may be missing.",
      );
    return { tls13: isAgreed(modern), older: isAgreed(older) ? older : undefined };
  });
}

/** The versions below TLS 1.2 that a port agrees to, the highest first. */
export function oldVersions(subject: Subject, port: MailPort): Promise<readonly Version[]> {
  return subject.once(`old TLS versions of ${nameOf(port)}`, async () => {
    const { older } = await best(subject, port);
    const agreed: Version[] = [];
    if (!older) return agreed;
    // A server answers with the highest version that it has, up to the one offered (RFC 5246 appendix E.1).
    for (let next: number = version.tls11; isVersion(next); next = (agreed.at(-1) ?? 0) - 1) {
      const answer = await offer(subject, port, { version: next });
      if (answer.kind === "refused") break;
      agreed.push(answer.version);
    }
    return agreed;
  });
}

/** One suite of each weakness that a port agrees to. */
export function weakSuites(subject: Subject, port: MailPort): Promise<readonly WeakSuite[]> {
  return subject.once(`weak cipher suites of ${nameOf(port)}`, async () => {
    const { older } = await best(subject, port);
    if (!older) return [];
    const found: WeakSuite[] = [];
    for (let left = suites.filter(({ weakness }) => weakness); left.length > 0; ) {
      const answer = await offer(subject, port, {
        version: version.tls12,
        suites: left.map(({ code }) => code),
      });
      const picked = isAgreed(answer) ? suiteOf(answer.suite) : undefined;
      if (!isAgreed(answer) || !picked) break;
      found.push({ ...picked, primeBits: answer.primeBits });
      left = left.filter(({ weakness }) => weakness !== picked.weakness);
    }
    return found;
  });
}

/** The weak groups that a port agrees to for ECDHE in TLS 1.2 and below; 1.3 has none. */
export function weakCurves(subject: Subject, port: MailPort): Promise<readonly Group[]> {
  return subject.once(`weak groups of ${nameOf(port)}`, async () => {
    const { older } = await best(subject, port);
    const found: Group[] = [];
    if (!older) return found;
    const elliptic = suites.filter(({ keyExchange }) => keyExchange === "ECDHE").map(({ code }) => code);
    const needed = await curveOfKey(subject, port);
    for (let left = weakGroups; left.length > 0; ) {
      const groups = [...left.map(({ code }) => code), ...needed];
      const answer = await offer(subject, port, { version: version.tls12, suites: elliptic, groups });
      const picked = isAgreed(answer) ? left.find(({ code }) => code === answer.group) : undefined;
      if (!picked) break;
      found.push(picked);
      // What matters is the smallest.
      left = left.filter(({ bits }) => bits < picked.bits);
    }
    return found;
  });
}

/** An ECDSA key may be used only if the client knows its curve too (RFC 8422 section 5.1.1), so every client offers it. */
async function curveOfKey(subject: Subject, port: MailPort): Promise<readonly number[]> {
  try {
    const { publicKey } = (await certificateOf(subject, port)).leaf;
    const curve = publicKey.asymmetricKeyDetails?.namedCurve;
    return goodGroups.filter(({ openssl }) => openssl === curve).map(({ code }) => code);
  } catch (error) {
    if (error instanceof HandshakeFailed) return [];
    throw error;
  }
}

/**
 * A silent or broken server costs one connection and not many.
 * @throws NoTls, Unreachable, CannotCheck
 */
async function awaitHello(subject: Subject, port: MailPort): Promise<void> {
  try {
    await certificateOf(subject, port);
  } catch (error) {
    // It may well speak TLS, of a kind that OpenSSL no longer knows.
    if (!(error instanceof HandshakeFailed)) throw error;
  }
}

/** @throws CannotCheck when the answer is unclear */
async function offer(
  subject: Subject,
  { host, address, service }: MailPort,
  what: Partial<Offer> & Pick<Offer, "version">,
): Promise<Exclude<Answer, { kind: "unclear" }>> {
  const answer = await ask(await reachAgain(subject, address, service), {
    suites: suites.map(({ code }) => code),
    groups: goodGroups.map(({ code }) => code),
    servername: host,
    ...what,
  });
  if (answer.kind === "unclear")
    throw new CannotCheck(`The server ${answer.why}.`, "Look at the server's log for this connection.");
  return answer;
}

/** A port that has offered TLS before and now does not is no closed port. */
async function reachAgain(...to: Parameters<typeof reachTls>): Promise<Socket> {
  try {
    return await reachTls(...to);
  } catch (error) {
    if (!(error instanceof NoTls || error instanceof Unreachable)) throw error;
    throw new CannotCheck(
      "The server no longer lets this client in.",
      "It may limit the connections of one client: run it again later, or from another address.",
    );
  }
}

function isAgreed(answer: Answer): answer is Agreed {
  return answer.kind === "agreed";
}

/** What a port agrees to does not depend on the host name that leads there. */
function nameOf({ address, service }: MailPort): string {
  return `${address} port ${service.port}`;
}
