import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html } from "../../verify/report/html";
import { junit } from "../../verify/report/junit";
import { printable } from "../../verify/report/printable";
import { anyText, hostile } from "../unit/verify/report/support/hostile";
import { check, report } from "../unit/verify/report/support/sample";
import { theBrowser } from "./support/browser";

const browser = theBrowser();

describe("what a browser's parsers read of any evidence", () => {
  it("is well-formed XML in JUnit's, and the evidence again", async () => {
    const page = await browser().newPage();
    const read = (xml: string) =>
      page.evaluate<{ error: boolean; failure: string; skipped: string; cases: number }>(`(() => {
        const parsed = new DOMParser().parseFromString(${JSON.stringify(xml)}, "application/xml");
        return {
          error: parsed.querySelector("parsererror") !== null,
          failure: parsed.querySelector("failure")?.textContent,
          skipped: parsed.querySelector("skipped")?.getAttribute("message"),
          cases: parsed.querySelectorAll("testsuites > testsuite > testcase").length,
        };
      })()`);
    const holds = async (evidence: string) => {
      const more = { title: "title", evidence, remedy: "", source: "source" };
      const failed = check("mx-a", "failed", "high", more);
      const skipped = check("mx-b", "not-checked", "high", { remedy: evidence, evidence: "" });
      const { failure, ...rest } = await read(junit([report([failed, skipped], { domain: evidence })]));
      const shown = printable(evidence);
      expect(failure).toBe(["title", shown, "source"].filter(Boolean).join("\n\n"));
      // An attribute's line ends and tabs are spaces (XML section 3.3.3).
      expect(rest).toEqual({
        error: false,
        cases: 2,
        skipped: `Not checked: ${shown.replace(/[\n\t]/g, " ")}`,
      });
    };
    for (const evil of hostile) await holds(evil);
    await fc.assert(fc.asyncProperty(anyText, holds));
    await page.close();
  });

  it("is the same elements in the HTML as of harmless evidence, and the evidence again", async () => {
    const page = await browser().newPage();
    const read = (markup: string) =>
      page.evaluate<{ elements: string[]; said: string }>(`(() => {
        const parsed = new DOMParser().parseFromString(${JSON.stringify(markup)}, "text/html");
        return {
          elements: [...parsed.querySelectorAll("*")].map((each) => each.localName + " " + each.getAttributeNames()),
          said: parsed.querySelector(".finding dd > p").textContent,
        };
      })()`);
    const of = (evidence: string) =>
      html([report([check("mx-a", "failed", "high", { title: evidence, evidence, source: evidence })])]);
    const harmless = await read(of("harmless"));
    const holds = async (text: string) => {
      // One line, short enough not to be folded.
      const evidence = text.replace(/[\r\n]/g, "").slice(0, 40);
      const { elements, said } = await read(of(evidence));
      expect(elements).toEqual(harmless.elements);
      expect(said).toBe(printable(evidence).trimEnd());
    };
    for (const evil of hostile) await holds(evil);
    await fc.assert(fc.asyncProperty(anyText, holds));
    await page.close();
  });
});
