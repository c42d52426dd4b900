import type { Outcome } from "../outcome";
import type { Report } from "../report";
import { literal, type Markup, markup } from "./markup";
import { countOf, outcomeOrder } from "./words";

/** A shape for each outcome, so that neither print nor eyes need colour to tell them apart. */
const shapes: Readonly<Record<Outcome, string>> = {
  failed:
    '<path class="solid" d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"/><path class="hole" d="M5.6 5.6l4.8 4.8m0-4.8l-4.8 4.8"/>',
  warning: '<path d="M8 1.8l6.6 11.9H1.4z"/><path d="M8 6.2v3.6m0 1.8v.2"/>',
  "not-checked":
    '<circle cx="8" cy="8" r="6.5" stroke-dasharray="2.6 2.5"/><path d="M6.2 6.4a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.9.6-.9 1.2v.1m0 1.9v.2"/>',
  passed: '<circle cx="8" cy="8" r="6.5"/><path d="M5 8.3l2.1 2.1L11 6.1"/>',
  "not-applicable": '<circle cx="8" cy="8" r="6.5"/><path d="M5.3 8h5.4"/>',
};

/** Drawn once, for every use of them on the page. */
export const iconShapes: Markup = literal(
  `<svg class="shapes" aria-hidden="true">${Object.entries(shapes)
    .map(([name, shape]) => `<symbol id="icon-${name}" viewBox="0 0 16 16">${shape}</symbol>`)
    .join("")}</svg>`,
);

/**
 * Says nothing to a screen reader: the word stands beside it.
 * @param style of its own; without one it has the colour of the words
 */
export function icon(outcome: Outcome, style = ""): Markup {
  return markup`<svg class="icon ${style}" viewBox="0 0 16 16" aria-hidden="true"><use href="#icon-${outcome}"/></svg>`;
}

/** In the outcome's own colour. */
export function colouredIcon(outcome: Outcome, style = ""): Markup {
  return icon(outcome, `told-${outcome} ${style}`);
}

/** The worst that a report has, as one outcome. */
export function standing({ checks }: Report): Outcome {
  return outcomeOrder.find((outcome) => countOf(checks, outcome) > 0) ?? "not-applicable";
}
