import type { Resolver } from "./dns/resolver";
import type { Expected } from "./expected";
import type { HostStatus } from "./host/status";
import type { Network } from "./network";

/** A mailbox that the checks may use; without one they see the server only as a stranger does. */
export interface Account {
  readonly user: string;
  readonly password: string;
}

/** What the checks are asked about, and what they may ask with. They use nothing else of the world. */
export interface Subject {
  /** In A-labels, lower case, without the last dot. */
  readonly domain: string;
  readonly dns: Resolver;
  readonly network: Network;
  readonly now: Date;
  readonly account?: Account;
  readonly expected?: Expected;
  readonly hostStatus?: HostStatus;
  /** Selectors of DKIM keys that the domain is known to use. */
  readonly dkimSelectors: readonly string[];
  /**
   * Does work once in a run, whichever checks ask for it, of whichever domain: what is found out about a host is the
   * same for all of its domains. A failure is kept too.
   * @param key names the work with all that it depends on
   */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** Keeps what `Subject.once` did. */
export function memory(): Subject["once"] {
  const done = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>) => {
    const kept = done.get(key) as Promise<T> | undefined;
    if (kept) return kept;
    const promise = work();
    done.set(key, promise);
    return promise;
  };
}
