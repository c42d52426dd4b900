import { type AccessService, accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { announcements, srvLines } from "../../discovery/srv";
import { CannotCheck, NotApplicable, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";

const wanted = { submissions: 465, imaps: 993 } as const satisfies Partial<Record<AccessService, number>>;

export const discoverySrv: Check = {
  id: "discovery-srv",
  title: "SRV records say where users log in",
  asks: "Whether DNS tells mail programs the servers for submission and IMAP over TLS, or says that there are none. Without it users have to know and type them.",
  source: "RFC 8314 section 5.1; RFC 6186 section 3",
  severity: "low",
  run: async (subject) => {
    const all = await announcements(subject);
    const said = all.filter(({ records }) => records.length > 0);
    const missing = (["submissions", "imaps"] as const).filter(
      (service) => !said.some((each) => each.service === service),
    );
    const lines = said.flatMap(srvLines);
    if (missing.length === 0) return passed(lines.join("\n"));
    const records = await Promise.all(missing.map((service) => record(subject, service)));
    return warning(
      [
        `No SRV record: ${missing.map((service) => `_${service}._tcp.${subject.domain}`).join(", ")}.`,
        ...lines,
      ].join("\n"),
      `Publish ${records.join("\n")}\nor, of what you do not offer, _imaps._tcp.${subject.domain}. SRV 0 0 0 .`,
    );
  },
};

async function record(subject: Subject, service: keyof typeof wanted): Promise<string> {
  const host = await accessHost(subject, service).then(
    ({ name }) => name,
    (error: unknown) => {
      if (error instanceof CannotCheck || error instanceof NotApplicable) return "<the host>";
      throw error;
    },
  );
  return `_${service}._tcp.${subject.domain}. SRV 0 1 ${wanted[service]} ${host}.`;
}
