import type { Check } from "../../check";
import { liveTlsa } from "../../dane/live";
import { formatTlsa, keyRecord } from "../../dane/tlsa";
import { failed, passed } from "../../outcome";

export const daneValid: Check = {
  id: "dane-valid",
  title: "The TLSA records match the live certificates",
  asks: "Whether each mail host serves a key that its TLSA records vouch for. Senders that heed DANE hold the mail back and return it otherwise.",
  source: "RFC 7672 sections 3.1 and 3.2",
  severity: "high",
  run: async (subject) => {
    const { seen, unseen } = await liveTlsa(subject);
    const faults = seen.filter(({ matching }) => matching.length === 0);
    const [first] = faults;
    if (first) {
      const evidence = faults.map(({ host, address, leaf, unsent }) => {
        const records = host.usable.map((record) => `${host.tlsaName}. TLSA ${formatTlsa(record)}`);
        const missing = unsent
          ? ["A record is of an authority whose certificate the server does not send."]
          : [];
        return [
          `No TLSA record vouches for ${host.name} (${address}), whose key is ${keyRecord(leaf)}.`,
          ...missing,
          ...records,
        ].join("\n");
      });
      return failed(
        [...evidence, ...unseen].join("\n"),
        `Serve the certificate of the published key again, or publish ${first.host.tlsaName}. TLSA ${keyRecord(first.leaf)} and remove the records of keys that are no longer used.`,
      );
    }
    const good = seen.map(
      ({ host, address, matching: [record] }) =>
        `${host.name} (${address}): ${host.tlsaName}. TLSA ${record ? formatTlsa(record) : ""}`,
    );
    return passed(["TLSA records vouch for every mail host.", ...good, ...unseen].join("\n"));
  },
};
