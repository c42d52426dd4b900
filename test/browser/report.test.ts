import axe from "axe-core";
import { describe, expect, it } from "vitest";
import type { Report } from "../../verify/report";
import { html } from "../../verify/report/html";
import { hostile } from "../unit/verify/report/support/hostile";
import { check, flawless, lastLine, mixed, report, troubled } from "../unit/verify/report/support/sample";
import { theBrowser } from "./support/browser";
import { openEveryFold, printed, show } from "./support/page";

const browser = theBrowser();

const outcomes = ["failed", "warning", "not-checked", "passed", "not-applicable"] as const;
const attacked = report(
  hostile.flatMap((evil, number) =>
    outcomes.map((outcome) =>
      check(`mx-${number}-${outcome}`, outcome, "high", {
        title: evil.slice(0, 200),
        evidence: `${evil}\n${evil.slice(0, 5000)}`,
        remedy: `${evil.slice(0, 200)}\n${evil.slice(0, 5000)}`,
        source: evil.slice(0, 200),
      }),
    ),
  ),
);
const pages: Readonly<Record<string, readonly Report[]>> = {
  "a domain in trouble": [troubled()],
  "a domain without fault": [flawless()],
  "three domains": [troubled("example.com"), flawless("example.org"), mixed("example.net")],
};
const schemes = ["light", "dark"] as const;
const widths = [320, 1280] as const;
const telephone = { viewport: { width: 320, height: 640 } };

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe("the report in a browser", () => {
  for (const [what, reports] of Object.entries(pages))
    for (const colorScheme of schemes)
      for (const width of widths)
        it(`can be used by everybody: ${what}, ${colorScheme}, ${width} pixels wide`, async () => {
          const viewport = { width, height: 800 };
          const { page } = await show(browser(), html(reports), { colorScheme, viewport });
          await page.evaluate(axe.source);
          for (const look of [async () => {}, openEveryFold]) {
            await look(page);
            const { violations, passes } = await page.evaluate<{
              violations: Violation[];
              passes: { id: string }[];
            }>("axe.run(document, { resultTypes: ['violations', 'passes'] })");
            expect(
              violations.map(({ id, nodes }) => [
                id,
                ...nodes.map((node) => `${node.html}\n${node.failureSummary}`),
              ]),
            ).toEqual([]);
            expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "region"]));
          }
        });

  for (const [what, reports] of Object.entries({ ...pages, "hostile answers": [attacked] }))
    it(`needs no sideways scrolling on a telephone: ${what}`, async () => {
      const { page } = await show(browser(), html(reports), telephone);
      for (const look of [async () => {}, openEveryFold]) {
        await look(page);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
        // Nor is anything cut off: what is not for eyes is one pixel wide.
        expect(
          await page.evaluate(
            "[...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > 320).length",
          ),
        ).toBe(0);
      }
    });

  it("opens each fold by keyboard, with what has the focus outlined", async () => {
    const { page } = await show(browser(), html([troubled()]));
    const folds = await page.locator("details").count();
    expect(folds).toBeGreaterThan(10);
    for (let stops = 0; stops < 500; stops++) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate<{ name: string; outline: string; open: boolean }>(`(() => {
        const { activeElement: it } = document;
        return { name: it.localName, outline: getComputedStyle(it).outlineStyle, open: it.parentElement.open };
      })()`);
      if (focus.name === "body") break;
      expect(focus.outline).toBe("solid");
      if (focus.name === "summary" && !focus.open) await page.keyboard.press(stops % 2 ? "Enter" : "Space");
    }
    expect(await page.locator("details[open]").count()).toBe(folds);
  });

  it("asks nothing of the network and runs nothing, whatever the servers answered", async () => {
    const { page, requests, complaints } = await show(browser(), html([attacked, troubled()]));
    await openEveryFold(page);
    await page.waitForLoadState("networkidle");
    expect({ requests, complaints }).toEqual({ requests: ["GET /"], complaints: [] });
    expect(await page.title()).toMatch(/^2 domains: /);
    expect(await page.locator("script, img, link, iframe, object, [onmouseover], [onfocus]").count()).toBe(0);
    expect(await page.locator("details.group").count()).toBe(17);
  });

  it("leads from the counts to what they count, and from a domain's name to its part", async () => {
    const { page } = await show(
      browser(),
      html([flawless("example.org"), troubled("example.com")]),
      telephone,
    );
    await page
      .getByRole("navigation", { name: "Domains" })
      .getByRole("link", { name: /example\.com/ })
      .click();
    await page
      .getByRole("navigation", { name: "Results of example.com" })
      .getByRole("link", { name: "4 warnings" })
      .click();
    const heading = page
      .getByRole("region", { name: "To improve" })
      .getByRole("heading", { name: "To improve" });
    expect((await heading.boundingBox())?.y).toBeLessThan(100);
  });

  it("tells a screen reader each outcome and severity in words, under headings in order", async () => {
    const { page } = await show(browser(), html([troubled()]));
    await openEveryFold(page);
    const names = [
      "Failed Critical : No relay for strangers",
      "Not checked High : No block list",
      "Passed: The domain exists",
    ];
    for (const name of names) await page.getByRole("heading", { name }).waitFor({ timeout: 5_000 });
    const levels = await page
      .locator("h1, h2, h3, h4, h5, h6")
      .evaluateAll((headings) => headings.map(({ localName }) => Number(localName.slice(1))));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
  });

  it("prints what is folded, light on paper even in the dark, without colours too", async () => {
    const { page } = await show(browser(), html([troubled()]), { colorScheme: "dark" });
    const paper = await printed(page);
    for (const words of [
      lastLine,
      "Both are authoritative and have serial 2026112401.",
      "Failed",
      "Critical",
    ])
      expect(paper).toContain(words);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")).toBe(
      "rgb(255, 255, 255)",
    );
  });

  it("works without JavaScript", async () => {
    const { page } = await show(browser(), html([troubled()]), { javaScriptEnabled: false });
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(
      /^example.com: 4 things to mend/,
    );
    const evidence = page.getByText("Both are authoritative and have serial 2026112401.");
    expect(await evidence.isVisible()).toBe(false);
    await page.getByText("Domain name system").click();
    expect(await evidence.isVisible()).toBe(true);
  });
});
