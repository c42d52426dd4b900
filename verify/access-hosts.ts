import { type Announcement, announcements } from "./discovery/srv";
import { addressesOf, primaryHost } from "./mail-hosts";
import type { Endpoint } from "./network";
import type { Subject } from "./subject";

/** What users log in to, by the names that SRV records have for it, with the ports (RFC 6186, 8314, 5804). */
const ports = {
  submissions: 465,
  submission: 587,
  imaps: 993,
  imap: 143,
  pop3s: 995,
  pop3: 110,
  sieve: 4190,
};

export type AccessService = keyof typeof ports;

/** Services that are on one host unless the domain says otherwise; those with TLS from the start come first. */
const families: readonly (readonly AccessService[])[] = [
  ["submissions", "submission"],
  ["imaps", "imap", "pop3s", "pop3", "sieve"],
];

/** Where users of the domain log in. */
export interface AccessHost extends Endpoint {
  /** The one that the certificate is to be for. */
  readonly name: string;
  /** Whether an SRV record names the host: without one it is only the mail host, and users may belong elsewhere. */
  readonly declared: boolean;
  /** Whether the domain says that it does not offer the service: an SRV record with the target "." (RFC 2782). */
  readonly withdrawn: boolean;
}

/**
 * The host that an SRV record names for the service or one like it, else the primary mail host.
 * @throws NotApplicable or CannotCheck as `primaryHost` does
 */
export async function accessHost(subject: Subject, service: AccessService): Promise<AccessHost> {
  const own = await announcement(subject, service);
  const withdrawn = own === "withdrawn";
  if (own !== undefined && own !== "withdrawn") return { ...own, declared: true, withdrawn };
  const port = ports[service];
  const family = families.find((services) => services.includes(service)) ?? [];
  for (const sibling of await Promise.all(family.map((name) => announcement(subject, name))))
    if (sibling !== undefined && sibling !== "withdrawn")
      return { ...sibling, port, declared: true, withdrawn };
  const { name, address } = await primaryHost(subject);
  return { name, address, port, declared: false, withdrawn };
}

/** Where mail programs go that look SRV records up. */
export interface AnnouncedHosts {
  /** For what listens on a port. */
  readonly own: readonly string[];
  /** For any service: where there is nothing of the port's own, users know one of these. */
  readonly all: readonly string[];
}

/** @throws NotApplicable or CannotCheck as `announcements` does */
export async function announcedHosts(subject: Subject, port: number): Promise<AnnouncedHosts> {
  const all = await announcements(subject);
  const namesOf = (some: readonly Announcement[]) =>
    some.flatMap(({ records }) => records.map(({ target }) => target)).filter((name) => name !== "");
  return { own: namesOf(all.filter(({ service }) => ports[service] === port)), all: namesOf(all) };
}

/** A target without an address is as good as none here; a check of its own tells it. */
function announcement(
  subject: Subject,
  service: AccessService,
): Promise<{ name: string; address: string; port: number } | "withdrawn" | undefined> {
  const name = `_${service}._tcp.${subject.domain}`;
  return subject.once(`SRV target of ${name}`, async () => {
    const { records } = await subject.dns.query(name, "SRV");
    if (records.length > 0 && records.every(({ target }) => target === "")) return "withdrawn";
    for (const { target, port } of [...records].sort((a, b) => a.priority - b.priority)) {
      const [address] = target === "" ? [] : await addressesOf(subject, target);
      if (address) return { name: target, address, port };
    }
    return undefined;
  });
}
