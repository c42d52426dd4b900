import type { Subject } from "../subject";
import { mailServerChains, sentChain } from "../tls/peer";
import { type HostTlsa, heededTlsa } from "./published";
import { isOf, type Tlsa, vouchesFor } from "./tlsa";

/** A mail host at one address, with what its TLSA records say of the certificate there. */
export interface LiveTlsa {
  readonly host: HostTlsa;
  readonly address: string;
  /** DER. */
  readonly leaf: Buffer;
  /** The usable records that vouch for the host. */
  readonly matching: readonly Tlsa[];
  /** A record is of an authority that this machine knows and the server does not send. */
  readonly unsent: boolean;
}

/**
 * Compares what is published with what is served, for the hosts whose records senders heed.
 * @throws NotApplicable when there are no such records or no TLS, CannotCheck when no host can be reached
 */
export function liveTlsa(
  subject: Subject,
): Promise<{ readonly seen: readonly LiveTlsa[]; readonly unseen: readonly string[] }> {
  return subject.once(`TLSA records and chains of ${subject.domain}`, async () => {
    const hosts = await heededTlsa(subject);
    const base = (name: string) => hosts.find((host) => host.name === name)?.base ?? name;
    const { seen, unseen } = await mailServerChains(subject, hosts, base);
    const live = seen.map(async ({ host: name, address, chain }) => {
      const host = hosts.find((each) => each.name === name);
      const [leaf] = chain;
      return host && leaf ? [await compare(subject, host, address, chain, leaf)] : [];
    });
    return { seen: (await Promise.all(live)).flat(), unseen };
  });
}

async function compare(
  subject: Subject,
  host: HostTlsa,
  address: string,
  chain: readonly Buffer[],
  leaf: Buffer,
): Promise<LiveTlsa> {
  const reference = { names: host.names, now: subject.now };
  const authorities = host.usable.filter(({ usage }) => usage === 2);
  const sent = authorities.length > 0 ? await sentChain(subject, host.base, address) : chain;
  const matching = host.usable.filter((record) => vouchesFor(record, sent, reference));
  const added = chain.filter((known) => !sent.some((one) => one.equals(known)));
  const unsent = authorities.some((record) => added.some((one) => isOf(record, one)));
  return { host, address, leaf, matching, unsent };
}
