import type { Answer } from "../dns/resolver";
import { mailHosts } from "../mail-hosts";
import type { Subject } from "../subject";
import type { AnnouncedServer } from "./server";

/** Services that SRV records announce, and how TLS begins (RFC 6186 section 3, RFC 8314 section 5.1, RFC 5804 section 1.8). */
const services = {
  submissions: "at once",
  submission: "SMTP",
  imaps: "at once",
  imap: "IMAP",
  pop3s: "at once",
  pop3: "POP3",
  sieve: "ManageSieve",
} as const satisfies Readonly<Record<string, AnnouncedServer["begins"]>>;

const names = Object.keys(services) as (keyof typeof services)[];

/** What DNS says of a service. */
export interface Announcement {
  readonly service: keyof typeof services;
  /** `_imaps._tcp.example.com` */
  readonly name: string;
  readonly begins: AnnouncedServer["begins"];
  readonly records: Answer<"SRV">["records"];
}

/** What SRV records say of each service. @throws NotApplicable when the domain receives no mail, CannotCheck */
export async function announcements(subject: Subject): Promise<readonly Announcement[]> {
  await mailHosts(subject);
  return Promise.all(
    names.map(async (service) => {
      const begins = services[service];
      const name = `_${service}._tcp.${subject.domain}`;
      const { records } = await subject.dns.query(name, "SRV");
      return { service, name, begins, records };
    }),
  );
}

/** The records in presentation format, a line each. */
export function srvLines({ name, records }: Announcement): string[] {
  return records.map(
    ({ priority, weight, port, target }) => `${name}. SRV ${priority} ${weight} ${port} ${target}.`,
  );
}
