import type { Check } from "../../check";
import { liveTlsa } from "../../dane/live";
import { formatTlsa } from "../../dane/tlsa";
import { NotApplicable, passed, warning } from "../../outcome";

export const daneRollover: Check = {
  id: "dane-rollover",
  title: "The next key has a TLSA record already",
  asks: "Whether a second record lets the key change at any moment: with one alone, mail is held back from the change until every cache has the new record.",
  source: "RFC 7671 section 8.1; internet.nl mail test 1.11",
  severity: "low",
  run: async (subject) => {
    const { seen } = await liveTlsa(subject);
    // Where nothing matches, dane-valid tells.
    const matched = seen.filter(({ matching }) => matching.length > 0);
    const [sample] = matched;
    if (!sample) throw new NotApplicable("No TLSA record matches a live key.");
    const alone = matched.filter(({ host, matching }) => {
      const next = host.usable.filter((record) => !matching.includes(record));
      // The other way is one of the key and one of its authority, as internet.nl counts too.
      const usages = new Set(matching.map(({ usage }) => usage));
      return next.length === 0 && usages.size < 2;
    });
    const [first] = alone;
    if (!first) {
      const list = sample.host.usable.map((record) => `${sample.host.tlsaName}. TLSA ${formatTlsa(record)}`);
      return passed(
        ["Every mail host has a TLSA record besides that of its key of today.", ...list].join("\n"),
      );
    }
    const names = [...new Set(alone.map(({ host }) => host.name))];
    return warning(
      [
        `${names.join(", ")}: TLSA records of the key in use alone.`,
        ...first.host.usable.map((record) => `${first.host.tlsaName}. TLSA ${formatTlsa(record)}`),
      ].join("\n"),
      `Make the next key now and publish its record beside the other: ${first.host.tlsaName}. TLSA 3 1 1 <SHA-256 of the next key> (openssl pkey -in next.key -pubout -outform der | sha256sum).`,
    );
  },
};
