import { type Outcome, severities } from "../outcome";
import type { CheckReport, Report } from "../report";
import { foundCheck, heldCheck } from "./html-check";
import { colouredIcon } from "./icons";
import { type Markup, markup, nothing } from "./markup";
import { arrange, type Group } from "./order";
import { verdict } from "./verdict";
import { counted, countOf, duration, outcomeOrder, outcomeWords, severityWords, tally, when } from "./words";

/** Where something stands on the page: the level of its heading, and what its domain's anchors begin with. */
export interface Place {
  readonly level: number;
  readonly anchor: string;
}

/** The parts of a domain, by what the counts at its top lead to. */
const partOf: Readonly<Record<Outcome, string>> = {
  failed: "mend",
  warning: "improve",
  "not-checked": "unchecked",
  passed: "rest",
  "not-applicable": "rest",
};

/** The verdict on a domain, and what an auditor asks first. */
export function opening(report: Report, { level, anchor }: Place): Markup {
  const { domain, started, resolver, checks } = report;
  const seen = outcomeOrder.filter((outcome) => countOf(checks, outcome) > 0);
  return markup`<h${level} class="verdict" id="${anchor}title"><span class="name" id="${anchor}name">${domain}:</span> ${verdict(report)}</h${level}>
<dl class="facts">
<div><dt>Asked</dt><dd><time datetime="${started}">${when(report)}</time></dd></div>
<div><dt>Took</dt><dd>${duration(report)}</dd></div>
<div><dt>Resolver</dt><dd>${resolver}</dd></div>
<div><dt>Checks</dt><dd>${checks.length}</dd></div>
</dl>
<nav aria-label="Results of ${domain}">
<ul class="tally">
${seen.map((outcome) => {
  const count = countOf(checks, outcome);
  return markup`<li><a href="#${anchor}${partOf[outcome]}">${colouredIcon(outcome)}<b>${count}</b> ${counted(outcome, count)}</a></li>
`;
})}</ul>
</nav>`;
}

/** Everything that was found out about a domain, what does most harm first. */
export function body(report: Report, { level, anchor }: Place): Markup {
  const { mend, improve, unchecked, rest } = arrange(report);
  const below = { level: level + 1, anchor };
  const list = (checks: readonly CheckReport[]) =>
    checks.length > 0
      ? markup`<ol class="findings">
${checks.map((check) => foundCheck(check, { level: level + 2, anchor }))}</ol>`
      : nothing;
  const restTitle =
    rest.flatMap(({ checks }) => checks).length < report.checks.length ? "Everything else" : "What was asked";
  return markup`${part("mend", "To mend", "Worst first.", list(mend), below)}
${part("improve", "To improve", "It works today; the standards or the big receivers ask for more.", list(improve), below)}
${part("unchecked", "Could not be checked", outcomeWords["not-checked"].meaning, list(unchecked), below)}
${rest.length > 0 ? part("rest", restTitle, "By subject.", markup`${rest.map((group) => fold(group, { level: level + 2, anchor }))}`, below) : nothing}
${part("counts", "Counts", "", counts(report), below)}`;
}

/** @returns nothing if it would be empty */
function part(name: string, title: string, lead: string, content: Markup, { level, anchor }: Place): Markup {
  if (content === nothing) return nothing;
  const id = anchor + name;
  return markup`<section class="part" id="${id}" aria-labelledby="${id}-title ${anchor}name">
<h${level} class="part-title" id="${id}-title">${title}</h${level}>
${lead ? markup`<p class="lead">${lead}</p>` : nothing}
${content}
</section>`;
}

function fold({ title, checks }: Group, { level, anchor }: Place): Markup {
  return markup`<details class="group">
<summary class="fold"><h${level} class="group-title">${title}</h${level}> <span class="count">${tally(checks)}</span></summary>
<ul class="held">
${checks.map((check) => heldCheck(check, { level: level + 1, anchor }))}</ul>
</details>
`;
}

function counts({ domain, checks }: Report): Markup {
  const columns = severities.map((severity) => markup`<th scope="col">${severityWords[severity].name}</th>`);
  const rows = outcomeOrder.map((outcome) => {
    const some = checks.filter((check) => check.outcome === outcome);
    return row(outcomeWords[outcome].name, some);
  });
  return markup`<table>
<caption>Checks of ${domain} by outcome and severity</caption>
<thead><tr><th scope="col">Outcome</th>${columns}<th scope="col">All</th></tr></thead>
<tbody>
${rows}</tbody>
<tfoot>
${row("All", checks)}</tfoot>
</table>`;
}

function row(name: string, checks: readonly CheckReport[]): Markup {
  const cell = (count: number) => (count > 0 ? markup`<td>${count}</td>` : markup`<td class="none">0</td>`);
  const cells = severities.map((severity) =>
    cell(checks.filter((check) => check.severity === severity).length),
  );
  return markup`<tr><th scope="row">${name}</th>${cells}${cell(checks.length)}</tr>
`;
}
