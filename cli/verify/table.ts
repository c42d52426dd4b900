import { checks } from "../../verify/checks";
import { groupOf, groupTitle } from "../../verify/report/words";

/** Every check of `mailserver verify` as a page of Markdown. */
export function checkTable(): string {
  const groups = [...new Set(checks.map(({ id }) => groupOf(id)))];
  const pages = groups.map((group) => {
    const rows = checks
      .filter(({ id }) => groupOf(id) === group)
      .map(
        ({ id, asks, severity, source }) => `| \`${id}\` | ${cell(asks)} | ${severity} | ${cell(source)} |`,
      );
    return [
      `## ${groupTitle(group)}`,
      "",
      "| id | what it asks | harm | source |",
      "|---|---|---|---|",
      ...rows,
    ].join("\n");
  });
  return [
    "# What `mailserver verify` checks",
    "",
    `${checks.length} checks, made from the code by \`npm run docs\`. Ids never change. The harm that a failure does is`,
    "critical (mail is lost, or the server abused), high (mail is refused, forged or read), medium (trust is lost) or",
    "low (short of good practice).",
    "",
    pages.join("\n\n"),
    "",
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
