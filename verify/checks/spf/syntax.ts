import type { Check } from "../../check";
import { failed, NotApplicable, passed, warning } from "../../outcome";
import { isSpf, parseSpf } from "../../spf/record";
import { spfRecords } from "../../spf/tree";
import { wantedSpf } from "../../spf/wanted";
import { problemLines, type SyntaxProblem, txtLine } from "../../tag-list";

export const spfSyntax: Check = {
  id: "spf-syntax",
  title: "The SPF record is well formed",
  asks: "Whether the record keeps to the grammar. One mistake anywhere in it makes the whole record void (permerror).",
  source: "RFC 7208, sections 4.6.1 and 12",
  severity: "high",
  run: async (subject) => {
    const { domain, dns } = subject;
    const [text, ...more] = await spfRecords(subject, domain);
    if (text === undefined) throw new NotApplicable(`${domain} has no SPF record.`);
    if (more.length > 0) throw new NotApplicable(`${domain} has several SPF records.`);
    const { problems, idle } = parseSpf(text);
    const line = txtLine(domain, text);
    if (problems.length > 0) {
      const { records } = await dns.query(domain, "TXT");
      const strings = records.find(({ value }) => isSpf(value))?.strings ?? [];
      return failed(
        `The SPF record of ${domain} is malformed.\n${problemLines(problems)}${seam(text, strings, problems)}\n${line}`,
        `Mend what is named or take it out, with a space between terms; the simplest record is ${await wantedSpf(subject)}`,
      );
    }
    if (idle.length > 0)
      return warning(
        `The SPF record of ${domain} has terms without effect.\n${problemLines(idle)}\n${line}`,
        'Take out what has no effect, or mend its name; "all" comes last.',
      );
    return passed(`Well formed.\n${line}`);
  },
};

/** Strings of a TXT record are joined without a space (RFC 7208 section 3.3), which people expect otherwise. */
function seam(text: string, strings: readonly string[], problems: readonly SyntaxProblem[]): string {
  let end = 0;
  const seams = strings.slice(0, -1).map((string) => {
    end += string.length;
    return end;
  });
  const hit = seams.find((at) =>
    problems.some(({ position }) => position < at && !text.slice(position, at).includes(" ")),
  );
  return hit === undefined
    ? ""
    : `\nTwo strings of the record meet behind character ${hit}; they are joined without a space, so one of them must have it.`;
}
