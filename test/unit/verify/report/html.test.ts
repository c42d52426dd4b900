import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { html } from "../../../../verify/report/html";
import { hostile } from "./support/hostile";
import { check, flawless, mixed, report, troubled } from "./support/sample";

const one = (
  id: string,
  more: Parameters<typeof check>[3],
  outcome: Parameters<typeof check>[1] = "failed",
) => html([report([check(id, outcome, "high", more)])]);

/** What of a page comes before what. */
function inOrder(page: string, ...parts: string[]): void {
  const found = parts.map((part) => page.indexOf(part));
  expect(found).not.toContain(-1);
  expect(found).toEqual([...found].sort((a, b) => a - b));
}

describe("a report as HTML", () => {
  it("begins with the verdict and the facts, and has what does most harm first", () => {
    inOrder(
      html([troubled()]),
      "<title>example.com: 4 things to mend, 1 of them loses mail or opens the server to abuse</title>",
      '<span class="name" id="name">example.com:</span> 4 things to mend, 1 of them loses mail',
      '<time datetime="2026-11-24T12:00:07.512Z">2026-11-24 12:00 UTC</time>',
      "6.2 s",
      "192.0.2.53",
      "<b>4</b> failed",
      'id="smtp-relay"',
      'id="reverse-ptr"',
      'id="dmarc-policy"',
      'id="certificate-expiry"',
      'id="reputation-address"',
      '<details class="group">',
      'id="dns-exists"',
      "<caption>Checks of example.com by outcome and severity</caption>",
    );
  });

  it("says what of it is empty by leaving it out", () => {
    const page = html([flawless()]);
    expect(page).toContain("all is well");
    for (const part of ["mend", "improve", "unchecked"]) expect(page).not.toContain(`id="${part}"`);
  });

  it("of several domains has a table of contents with each verdict, and every anchor once", () => {
    const page = html([troubled("example.com"), flawless("example.org"), mixed("example.net")]);
    inOrder(page, "<h1", 'href="#d1-top"', 'href="#d2-top"', 'href="#d3-top"', 'id="d1-top"', 'id="d2-top"');
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it("shows a record of a remedy in a block of its own where it ends a line, and otherwise as code", () => {
    const spf = 'example.com. TXT "v=spf1 -all"';
    const [shown, block] = [spf.replaceAll('"', "&quot;"), '<pre class="record">\n'];
    for (const [remedy, markup] of [
      [`Publish "a b" or\n${spf}`, `<p>Publish <code>&quot;a b&quot;</code> or</p>${block}${shown}</pre>`],
      [`Publish ${spf}.`, `<p>Publish </p>${block}${shown}</pre>`],
      [
        `Publish ${spf} "more"\n${spf}`,
        `<p>Publish </p>${block}${shown} &quot;more&quot;</pre>${block}${shown}</pre>`,
      ],
      [`Publish ${spf} in its place.`, `<p>Publish <code>${shown}</code> in its place.</p>`],
      ['Publish "example.com. MX 0 ."', `<p>Publish </p>${block}example.com. MX 0 .</pre>`],
      ['Say "no".', "<p>Say <code>&quot;no&quot;</code>.</p>"],
      ["Restart `master`.", "<p>Restart <code>master</code>.</p>"],
      ["Ask.", "<p>Ask.</p>"],
    ] as const)
      expect(one("spf-all", { remedy })).toContain(`<dd>${markup}</dd>`);
  });

  it("folds raw answers that are long, and a first line that is no sentence", () => {
    expect(one("mx-a", { evidence: "Seen.\na\nb" })).toContain("<p>Seen.</p><pre>\na\nb</pre>");
    expect(one("mx-a", { evidence: `Seen.${"\nline".repeat(9)}` })).toMatch(
      /<details class="raw">.*9 lines of raw answers/,
    );
    expect(one("mx-a", { evidence: "x".repeat(5000) })).toMatch(/<p>x{400}…<\/p><details class="raw">/);
  });

  it("leads to each RFC that a source names, at its section", () => {
    const link = (path: string, name: string) =>
      `<a href="https://www.rfc-editor.org/rfc/${path}" rel="noreferrer">${name}</a>`;
    for (const [source, shown] of [
      ["RFC 7208 section 4.6.4", link("rfc7208#section-4.6.4", "RFC 7208 section 4.6.4")],
      [
        "RFC 5321, sections 3.6.1 and 7.9; RFC 7465.",
        `${link("rfc5321#section-3.6.1", "RFC 5321, sections 3.6.1")} and 7.9; ${link("rfc7465", "RFC 7465")}.`,
      ],
      ["the stack's outputs", "the stack&#39;s outputs"],
    ] as const)
      expect(one("mx-a", { source })).toContain(`>mx-a</a>, ${shown}</dd>`);
  });

  it("lets a browser load, run and send nothing but its own style", () => {
    const page = html([troubled()]);
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(style).not.toMatch(/url\(|@import/);
    expect(page).not.toMatch(/<script|<img|<link| style="/);
  });

  it("escapes whatever a stranger's server answers, in every place", () => {
    for (const evil of hostile) {
      const more = { title: evil, evidence: `${evil}\n${evil}`, remedy: `${evil}\n${evil}`, source: evil };
      const checks = (["failed", "not-checked", "passed"] as const).map((outcome) =>
        check("mx-a", outcome, "high", more),
      );
      const page = html([report(checks, { domain: evil, resolver: evil })]);
      expect(page).not.toMatch(/<script|<img|<link|<!--|<b>\D| style="| on\w+="/);
      expect(page.match(/<style>/g)).toHaveLength(1);
    }
  });
});
