import { randomBytes } from "node:crypto";
import { getServers } from "node:dns";
import { CannotCheck } from "../outcome";
import { semaphore } from "../semaphore";
import { exchange, formatServer, parseServer, type Server } from "./exchange";
import type { Answer, RecordType, Resolver, Security } from "./resolver";
import { canonical, type Reply } from "./wire";

export interface ResolverOptions {
  /** `IP` or `IP#port`, the preferred one first. @default the system's */
  readonly servers?: readonly string[];
}

const questionsAtOnce = 64;
const adviseOther = "Name a resolver that validates and does not filter: --resolver 9.9.9.9";

/**
 * Chooses the resolver that everything is asked of, so that a report shows one view of the world: the first that
 * validates, else the first that answers.
 * @throws CannotCheck when none answers, or those that do make answers up
 */
export async function openResolver(options: ResolverOptions = {}): Promise<Resolver> {
  const servers = (options.servers ?? getServers()).map(parseServer);
  const trials = servers.map((server) => ({ server, trial: tryOut(server) }));
  const complaints: CannotCheck[] = [];
  let honest: Resolver | undefined;
  for (const { server, trial } of trials) {
    const { validates, complaint } = await trial;
    if (complaint) complaints.push(complaint);
    else if (validates) return resolver(server, true);
    else honest ??= resolver(server, false);
  }
  if (honest) return honest;
  throw complaints[0] ?? new CannotCheck("This system names no resolver.", adviseOther);
}

interface Trial {
  readonly validates?: boolean;
  /** Why this resolver can't be used. */
  readonly complaint?: CannotCheck;
}

async function tryOut(server: Server): Promise<Trial> {
  const ask = (name: string, type: RecordType) => exchange(server, { name, type, recursion: true });
  // No name under .invalid exists (RFC 6761 section 6.4).
  const madeUp = `${randomBytes(8).toString("hex")}.invalid`;
  try {
    const [nothing, root] = await Promise.all([ask(madeUp, "A"), ask("", "SOA")]);
    if (nothing.records.length > 0 || nothing.aliases.length > 0)
      return { complaint: liar(server, madeUp, [...nothing.aliases, ...nothing.records].join(", ")) };
    if (root.rcode === "REFUSED") return { complaint: refusal(server, ". SOA") };
    // The root is signed, so who validates says so of its SOA.
    return { validates: root.authentic && root.records.length > 0 };
  } catch (error) {
    if (error instanceof CannotCheck) return { complaint: error };
    throw error;
  }
}

function liar(server: Server, name: string, answer: string): CannotCheck {
  return new CannotCheck(
    `The resolver ${formatServer(server)} makes answers up: for ${name}, which can't exist, it gave ${answer}.`,
    adviseOther,
  );
}

function refusal(server: Server, name: string): CannotCheck {
  return new CannotCheck(`The resolver ${formatServer(server)} refuses to answer for ${name}.`, adviseOther);
}

function resolver(server: Server, validates: boolean): Resolver {
  const slot = semaphore(questionsAtOnce);
  const asked = new Map<string, Promise<unknown>>();
  const once = <R>(key: string, work: () => Promise<R>): Promise<R> => {
    const kept = asked.get(key) as Promise<R> | undefined;
    const answer = kept ?? slot().then((release) => work().finally(release));
    asked.set(key, answer);
    return answer;
  };
  return {
    query: (name, type) =>
      once(`${canonical(name)} ${type}`, () => query(server, canonical(name), type, validates)),
    queryServer: (address, name, type) =>
      once(`${canonical(name)} ${type} @${address}`, async () => {
        if (!canBe(canonical(name))) return { ...nowhere, authoritative: false };
        const question = { name: canonical(name), type, recursion: false };
        const reply = await exchange(parseServer(address), question);
        return { ...answer(reply, "unknown"), authoritative: reply.authoritative };
      }),
    validates,
    name: formatServer(server),
  };
}

async function query<T extends RecordType>(
  server: Server,
  name: string,
  type: T,
  validates: boolean,
): Promise<Answer<T>> {
  if (!canBe(name)) return nowhere;
  const ask = (checkingDisabled: boolean) =>
    exchange(server, { name, type, recursion: true, checkingDisabled });
  let reply = await ask(false);
  if (reply.rcode === "SERVFAIL") {
    // Data without validation and none with it is what bogus means (RFC 4035 section 5.5); asked once more, because a
    // passing failure looks the same.
    const unchecked = await ask(true).catch(() => reply);
    if (unchecked.rcode !== "NOERROR" && unchecked.rcode !== "NXDOMAIN") return answer(reply, "unknown");
    reply = await ask(false);
    if (reply.rcode === "SERVFAIL") return answer(unchecked, "bogus");
  }
  if (reply.rcode === "REFUSED" || reply.rcode === "OTHER") throw refusal(server, `${name} ${type}`);
  const validated = reply.authentic ? "secure" : "insecure";
  return answer(reply, validates ? validated : "unknown");
}

function answer<T extends RecordType>(reply: Reply<T>, security: Security): Answer<T> {
  const { rcode, records, aliases, ttl } = reply;
  return { rcode, records, aliases, ttl, security };
}

/** Labels have 1 to 63 octets, names 255 with the lengths of the labels (RFC 1035 section 2.3.4). */
function canBe(name: string): boolean {
  const lengths = name === "" ? [] : name.split(".").map((label) => Buffer.byteLength(label));
  return lengths.every((length) => length > 0 && length < 64) && Buffer.byteLength(name) <= 253;
}

/** The answer for a name that can't be asked for. */
const nowhere: Answer<never> = { rcode: "NXDOMAIN", records: [], aliases: [], ttl: 0, security: "unknown" };
