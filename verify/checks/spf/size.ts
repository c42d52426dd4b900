import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { ownSpf } from "../../spf/tree";
import { txtLine } from "../../tag-list";

/** RFC 7208 section 3.4: with the overhead it fits 512 octets, which every path carries. */
const recordLimit = 450;
/** Octets of a UDP answer that are not cut or fragmented on any path (DNS Flag Day 2020). */
const answerLimit = 1232;

export const spfSize: Check = {
  id: "spf-size",
  title: "The SPF record fits one DNS answer",
  asks: `Whether the record has at most ${recordLimit} characters, and all TXT records of the domain at most ${answerLimit} octets: more takes TCP, which some receivers lack.`,
  source: "RFC 7208, section 3.4",
  severity: "low",
  run: async (subject) => {
    const { domain, dns } = subject;
    const { text } = await ownSpf(subject);
    const { records } = await dns.query(domain, "TXT");
    const size = answerSize(
      domain,
      records.map(({ strings }) => strings),
    );
    const seen = `The SPF record has ${text.length} characters, the answer with all TXT records ${size} octets.`;
    if (text.length > recordLimit)
      return warning(
        `${seen}\n${txtLine(domain, text)}`,
        `Bring it under ${recordLimit} characters: put part of it into a name of its own, _spf.${domain}, and include:_spf.${domain}.`,
      );
    if (size > answerLimit)
      return warning(
        `${seen}\n${records.map(({ value }) => txtLine(domain, value)).join("\n")}`,
        `Delete TXT records of ${domain} that nobody asks for any more, such as those that verified the domain once.`,
      );
    return passed(seen);
  },
};

/** Header, question and records as they are sent (RFC 1035 section 4), with EDNS (RFC 6891). */
function answerSize(name: string, records: readonly (readonly string[])[]): number {
  const data = records.flat().reduce((sum, string) => sum + 1 + Buffer.byteLength(string), 0);
  return 12 + (name.length + 2 + 4) + records.length * 12 + data + 11;
}
