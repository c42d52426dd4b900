import type { Check } from "../../check";
import { type HostTlsa, publishedTlsa, wantedTlsa } from "../../dane/published";
import { formatTlsa, whyUnusable } from "../../dane/tlsa";
import { failed, passed, warning } from "../../outcome";

export const daneRecord: Check = {
  id: "dane-record",
  title: "Senders can use every TLSA record",
  asks: "Whether the records are of a kind that mail knows (usage 2 or 3) and whole. With none that is, senders use TLS without asking whose key it is.",
  source: "RFC 7672 section 3.1; RFC 6698 section 2.1",
  severity: "medium",
  run: async (subject) => {
    const hosts = await publishedTlsa(subject);
    const faults = hosts.flatMap(problems);
    const [first] = faults;
    if (!first) return passed(hosts.flatMap(lines).join("\n"));
    const unprotected = hosts.filter(({ usable }) => usable.length === 0);
    const report = unprotected.length > 0 ? failed : warning;
    return report(
      faults.map(({ text }) => text).join("\n"),
      `Publish in its place ${await wantedTlsa(subject, unprotected[0] ?? first.host)}`,
    );
  },
};

function problems(host: HostTlsa): { readonly host: HostTlsa; readonly text: string }[] {
  return host.answer.records.flatMap((record) => {
    const why = whyUnusable(record);
    return why ? [{ host, text: `${host.tlsaName}. TLSA ${formatTlsa(record)} ${why}.` }] : [];
  });
}

function lines({ tlsaName, answer }: HostTlsa): string[] {
  return answer.records.map((record) => `${tlsaName}. TLSA ${formatTlsa(record)}`);
}
