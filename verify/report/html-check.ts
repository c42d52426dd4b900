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

/**
 * What is in quotes, with the owner and the type of a record that stand before it, or in backticks. It is linear in
 * time for any text.
 */
const quoted = /((?:(?<!\S)\S{1,255}\. [A-Z]{1,9} )?"[^"]+"(?: "[^"]+")*|`[^`]+`)/;

/** The first line is prose; a record at its end, and each further line, has a block of its own to copy. */
function instructions(remedy: string): Markup {
  const [first = "", ...more] = printable(remedy).trim().split("\n");
  const parts = first.split(quoted);
  const [matched = "", end = ""] = parts.slice(-2);
  // A record may have quotes around all of it, which are none of its own.
  const last = /^"\S{1,255}\. [A-Z]{1,9} /.test(matched) ? matched.slice(1, -1) : matched;
  const endsInRecord = parts.length > 1 && !/^["`]/.test(last) && /^\.?$/.test(end);
  const prose = endsInRecord ? parts.slice(0, -2) : parts;
  const records = endsInRecord ? [last, ...more] : more;
  // Split at a group, every second part is what the group matched.
  const words = prose.map((part, index) =>
    index % 2 ? markup`<code>${part.replaceAll("`", "")}</code>` : markup`${part}`,
  );
  return markup`<p>${words}</p>${records.map(
    (record) => markup`<pre class="record">
${record}</pre>`,
  )}`;
}

function origin({ id, source }: CheckReport, anchor: string): Markup {
  return markup`<a class="id" href="#${anchor}${id}">${id}</a>, ${standard(source)}`;
}

/** Each RFC that it names leads to its page, at the first section. */
function standard(source: string): Markup {
  const parts = source.split(/(RFC \d{1,5}(?:,? sections? \d[\d.]*\d|,? sections? \d)?)/);
  return markup`${parts.map((part, index) => (index % 2 ? rfc(part) : markup`${part}`))}`;
}

function rfc(name: string): Markup {
  const [number, section] = name.match(/\d[\d.]*/g) ?? [];
  const page = `https://www.rfc-editor.org/rfc/rfc${number}${section ? `#section-${section}` : ""}`;
  return markup`<a href="${page}" rel="noreferrer">${name}</a>`;
}
