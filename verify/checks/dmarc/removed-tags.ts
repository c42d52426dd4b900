import type { Check } from "../../check";
import { policyInForce, policyLine, withTags } from "../../dmarc/policy";
import { passed, warning } from "../../outcome";

const removed = ["pct", "rf", "ri"];

export const dmarcRemovedTags: Check = {
  id: "dmarc-removed-tags",
  title: "DMARC uses no tag that was removed",
  asks: "Whether the record has pct=, rf=, ri= or a size behind a report address. Some receivers honour them still, others ignore them: nobody knows what applies.",
  source: "RFC 9989, section 4.8 and appendix C",
  severity: "low",
  run: async (subject) => {
    const applied = await policyInForce(subject);
    const { tags, rua, ruf } = applied.record;
    const found = removed.filter((name) => tags.has(name)).map((name) => `${name}=${tags.get(name)}`);
    const sizes = [...rua, ...ruf].flatMap(({ uri, size }) => (size ? [`!${size} behind ${uri}`] : []));
    const line = policyLine(applied);
    if (found.length + sizes.length === 0) return passed(`There is none.\n${line}`);
    const plain = (name: string, uris: typeof rua) =>
      uris.some(({ size }) => size) ? { [name]: uris.map(({ uri }) => uri).join(",") } : {};
    const changes = {
      ...Object.fromEntries(removed.map((name) => [name, undefined])),
      ...plain("rua", rua),
      ...plain("ruf", ruf),
    };
    return warning(
      `Removed from DMARC: ${[...found, ...sizes].join(", ")}.\n${line}`,
      `Publish ${withTags(applied, changes)}`,
    );
  },
};
