import type { CheckReport } from "../report";
import type { Place } from "./html-domain";
import { colouredIcon, icon } from "./icons";
import { type Markup, markup, nothing } from "./markup";
import { printable } from "./printable";
import { outcomeWords, plural, severityWords } from "./words";

/** Evidence is shown without a fold up to here: lines, and characters of all of them. */
const shownLines = 8;
const shownCharacters = 800;
/** A first line longer than this is no sentence. */
const sentenceCharacters = 400;

/** A check that asks for something to be done. */
export function foundCheck(check: CheckReport, { level, anchor }: Place): Markup {
  const { id, title, severity, outcome, remedy } = check;
  const todo = outcome === "not-checked" ? "How to check" : "How to mend";
  return markup`<li id="${anchor}${id}" class="finding ${outcome} ${severity}">
<h${level} class="finding-title"><span class="badges"><span class="outcome">${icon(outcome)}${outcomeWords[outcome].name}</span> <span class="severity">${severityWords[severity].name}</span><span class="unseen">:</span></span> ${title}</h${level}>
<dl>
<div class="row"><dt>Seen</dt><dd>${evidence(check)}</dd></div>
${remedy ? markup`<div class="row remedy"><dt>${todo}</dt><dd>${instructions(remedy)}</dd></div>` : nothing}
<div class="row"><dt>Source</dt><dd class="origin">${origin(check, anchor)}</dd></div>
</dl>
</li>
`;
}

/** A check that asks for nothing. */
export function heldCheck(check: CheckReport, { level, anchor }: Place): Markup {
  const { id, title, severity, outcome } = check;
  return markup`<li id="${anchor}${id}">
<h${level} class="held-title">${colouredIcon(outcome)}<span class="unseen">${outcomeWords[outcome].name}: </span><span>${title}</span></h${level}>
${evidence(check)}
<p class="origin">${origin(check, anchor)}, severity ${severity}</p>
</li>
`;
}

function evidence({ title, evidence }: CheckReport): Markup {
  const [first = "", ...rest] = printable(evidence).trimEnd().split("\n");
  const sentence = [...first.slice(0, 2 * sentenceCharacters)].slice(0, sentenceCharacters).join("");
  const whole = sentence.length === first.length;
  const raw = whole ? rest : [first, ...rest];
  return markup`<p>${sentence}${whole ? "" : "…"}</p>${raw.length > 0 ? answers(raw, title) : nothing}`;
}

function answers(lines: readonly string[], title: string): Markup {
  const text = lines.join("\n");
  const block = markup`<pre>
${text}</pre>`;
  if (lines.length <= shownLines && text.length <= shownCharacters) return block;
  return markup`<details class="raw"><summary>${plural(lines.length, "line")} of raw answers<span class="unseen"> about: ${title}</span></summary>
${block}</details>`;
}

/** The first line is prose with what is to be typed in quotes, the others are records. */
function instructions(remedy: string): Markup {
  const [first = "", ...records] = printable(remedy).trim().split("\n");
  const parts = first
    .split(/("[^"]+")/)
    .map((part) => (/^"./.test(part) ? markup`<code>${part}</code>` : markup`${part}`));
  return markup`<p>${parts}</p>${records.map(
    (record) => markup`<pre class="record">
${record}</pre>`,
  )}`;
}

function origin({ id, source }: CheckReport, anchor: string): Markup {
  return markup`<a class="id" href="#${anchor}${id}">${id}</a>, ${standard(source)}`;
}

function standard(source: string): Markup {
  const [, number, section] = /^RFC (\d+)(?: section ([\d.]*\d))?/.exec(source) ?? [];
  const page = number && `https://www.rfc-editor.org/rfc/rfc${number}${section ? `#section-${section}` : ""}`;
  return page ? markup`<a href="${page}" rel="noreferrer">${source}</a>` : markup`${source}`;
}
