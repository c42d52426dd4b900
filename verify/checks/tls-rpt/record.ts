import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { problemLines } from "../../tag-list";
import { publishedTlsRpt, wantedTlsRpt } from "../../tls-rpt/published";

export const tlsRptRecord: Check = {
  id: "tls-rpt-record",
  title: "The record for TLS reports is one, and right",
  asks: "Whether there is a single record in the form that senders read, with mailto: or https: addresses. They send no reports otherwise.",
  source: "RFC 8460 section 3",
  severity: "low",
  run: async (subject) => {
    const records = await publishedTlsRpt(subject);
    const texts = records.map(({ text }) => `_smtp._tls.${subject.domain}. TXT "${text}"`).join("\n");
    if (records.length > 1)
      return warning(
        `_smtp._tls.${subject.domain} has ${records.length} records for TLS reports, so senders ignore them all.\n${texts}`,
        `Leave one record, with all addresses separated by commas: ${wantedTlsRpt(subject)}`,
      );
    const problems = records.flatMap((record) => record.problems);
    if (problems.length > 0)
      return warning(
        `Senders can't read the record for TLS reports: ${problemLines(problems)}\n${texts}`,
        `Publish in its place: ${wantedTlsRpt(subject)}`,
      );
    return passed(texts);
  },
};
