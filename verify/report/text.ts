import type { Severity } from "../outcome";
import type { CheckReport, Report } from "../report";
import { arrange, type Group } from "./order";
import { printable, shortened } from "./printable";
import { summary, verdict } from "./verdict";
import { duration, outcomeWords, plural, tally, when } from "./words";
import { wrap } from "./wrap";

export interface TextOptions {
  /** @default false */
  readonly color?: boolean;
  /** Columns. @default 80 */
  readonly width?: number;
  /** Everything in full: whole transcripts, and each check that passed. @default false */
  readonly verbose?: boolean;
}

/** What is shown of the evidence of one check unless all is wanted: lines behind the first, and characters of each. */
const evidenceHead = 5;
const evidenceTail = 6;
const evidenceCharacters = 600;

/** For a terminal. Nothing in it but its own colours is obeyed by one. */
export function text(reports: readonly Report[], options: TextOptions = {}): string {
  const { color = false, width = 80, verbose = false } = options;
  const page: Page = {
    columns: width,
    verbose,
    paint: (style, words) => (color ? `\x1b[${styles[style]}m${words}\x1b[0m` : words),
  };
  const lines = reports.flatMap((report) => [...domain(report, page), ""]);
  const verdicts = reports.map((report) => sentence(report, page));
  if (reports.length > 1) {
    const all = [page.paint("strong", summary(reports)), ...verdicts.map((line) => `  ${line}`)];
    return [...all, "", ...lines, ...all].join("\n");
  }
  // The verdict comes first, and again where the eye is when the command ends.
  return [...lines, ...verdicts].join("\n");
}

const styles = {
  strong: "1",
  faint: "2",
  critical: "1;31",
  high: "31",
  medium: "33",
  low: "36",
} as const satisfies Record<Severity | "strong" | "faint", string>;

interface Page {
  readonly columns: number;
  readonly verbose: boolean;
  paint(style: keyof typeof styles, words: string): string;
}

function sentence(report: Report, page: Page): string {
  return page.paint("strong", `${plain(report.domain)}: ${verdict(report)}`);
}

function domain(report: Report, page: Page): string[] {
  const { mend, improve, unchecked, rest } = arrange(report);
  const { checks } = report;
  const facts = [
    when(report),
    duration(report),
    `resolver ${report.resolver}`,
    plural(checks.length, "check"),
  ];
  return [
    sentence(report, page),
    ...paragraph(`${facts.join(", ")}: ${tally(checks)}`, "", page),
    ...section("To mend", mend, page),
    ...section("To improve", improve, page),
    ...section("Could not be checked", unchecked, page),
    ...(rest.length > 0 ? ["", page.paint("strong", "Everything else")] : []),
    ...rest.flatMap((group) => folded(group, page)),
  ];
}

function section(title: string, checks: readonly CheckReport[], page: Page): string[] {
  if (checks.length === 0) return [];
  return ["", page.paint("strong", title), ...checks.flatMap((check) => ["", ...inFull(check, page)])];
}

function folded({ title, checks }: Group, page: Page): string[] {
  if (!page.verbose) return [`  ${title.padEnd(34)} ${tally(checks)}`];
  return ["", `  ${page.paint("strong", title)}`, ...checks.flatMap((check) => ["", ...inFull(check, page)])];
}

function inFull(check: CheckReport, page: Page): string[] {
  const { id, title, severity, outcome, evidence, remedy, source } = check;
  const name = outcomeWords[outcome].name;
  const harmful = outcome === "failed" || outcome === "warning";
  const badge = harmful ? page.paint(severity, `${name}, ${severity}`) : name;
  return [
    `  ${badge}: ${plain(title)}`,
    ...shown(evidence, page),
    ...(remedy ? labelled(harmful ? "Mend: " : "To check: ", remedy, page) : []),
    ...paragraph(`${id}, ${source}`, "    ", page).map((line) => page.paint("faint", line)),
  ];
}

function shown(evidence: string, page: Page): string[] {
  const [first = "", ...rest] = plain(evidence).trimEnd().split("\n");
  const left = page.verbose ? 0 : Math.max(0, rest.length - evidenceHead - evidenceTail);
  // A transcript begins with who spoke, and ends with what went wrong.
  const shownLines =
    left === 0
      ? rest
      : [
          ...rest.slice(0, evidenceHead),
          `(${plural(left, "line")} more in the HTML and JSON reports)`,
          ...rest.slice(-evidenceTail),
        ];
  const short = (line: string) => (page.verbose ? line : shortened(line, evidenceCharacters));
  return [
    ...paragraph(short(first), "    ", page),
    ...shownLines.flatMap((line) => paragraph(short(line), "      ", page)),
  ];
}

/** The first line is prose; each further one may be a record, which stays as it is. */
function labelled(label: string, words: string, page: Page): string[] {
  const [first = "", ...records] = plain(words).split("\n");
  return [...paragraph(label + first, "    ", page), ...records.map((line) => `      ${line}`)];
}

function paragraph(words: string, margin: string, page: Page): string[] {
  return wrap(plain(words), page.columns - margin.length).map((line) => margin + line);
}

/** With tabs as spaces, since their width is the terminal's affair. */
function plain(words: string): string {
  return printable(words).replace(/\t/g, "    ");
}
