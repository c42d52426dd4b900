import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { severities } from "../outcome";
import type { Report } from "../report";
import { body, opening } from "./html-domain";
import { colouredIcon, iconShapes, standing } from "./icons";
import { literal, type Markup, markup } from "./markup";
import { summary, verdict } from "./verdict";
import { outcomeOrder, outcomeWords, severityWords } from "./words";

/** In the order of the page; narrow screens and paper come last, for they change what is before them. */
const styles = ["page", "opening", "checks", "folds", "counts", "media"];
const css = styles.map((name) => readFileSync(join(__dirname, "styles", `${name}.css`), "utf8")).join("\n");
const cssHash = createHash("sha256").update(css).digest("base64");
// Nothing is loaded, run or sent, whatever a stranger's server put into its answers.
const policy = `default-src 'none'; style-src 'sha256-${cssHash}'; base-uri 'none'; form-action 'none'`;

/** One file for people: a browser needs neither network nor JavaScript for it, and it prints with every fold open. */
export function html(reports: readonly Report[]): string {
  const [first, ...more] = reports;
  const only = more.length === 0 ? first : undefined;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${only ? `${only.domain}: ${verdict(only)}` : summary(reports)}</title>
<style>${literal(css)}</style>
</head>
<body>
${iconShapes}
${only ? alone(only) : several(reports)}
${legend}
</body>
</html>
`.markup;
}

const kind = markup`<p class="kind">Mail server verification</p>`;

function alone(report: Report): Markup {
  const place = { level: 1, anchor: "" };
  return markup`<header>
${colouredIcon(standing(report), "standing")}
${kind}
${opening(report, place)}
</header>
<main>
${body(report, place)}
</main>`;
}

function several(reports: readonly Report[]): Markup {
  const placed = reports.map((report, index) => ({ report, place: { level: 2, anchor: `d${index + 1}-` } }));
  return markup`<header>
${kind}
<h1 class="verdict">${summary(reports)}</h1>
<nav aria-label="Domains">
<ul class="domains">
${placed.map(
  ({ report, place: { anchor } }) => markup`<li><a href="#${anchor}top">${colouredIcon(standing(report))}
<span><b>${report.domain}</b> <span>${verdict(report)}</span></span></a></li>
`,
)}</ul>
</nav>
</header>
<main>
${placed.map(
  ({
    report,
    place,
  }) => markup`<section class="domain" id="${place.anchor}top" aria-labelledby="${place.anchor}title">
${opening(report, place)}
${body(report, place)}
</section>
`,
)}</main>`;
}

const legend = markup`<footer>
<h2 class="legend-title">How to read this</h2>
<p>Everything was asked from outside, as other mail servers and mail programs ask it.</p>
<dl class="legend">
${outcomeOrder.map((outcome) => entry(markup`${colouredIcon(outcome)}${outcomeWords[outcome].name}`, outcomeWords[outcome].meaning))}
${severities.map((severity) => entry(markup`<span class="severity ${severity}">${severityWords[severity].name}</span>`, severityWords[severity].meaning))}
</dl>
</footer>`;

function entry(term: Markup, meaning: string): Markup {
  return markup`<div class="entry"><dt>${term}</dt><dd>${meaning}</dd></div>
`;
}
