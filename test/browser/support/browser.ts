import { type Browser, chromium } from "playwright-core";
import { beforeAll, beforeEach } from "vitest";
import { installPackages } from "../../../local/preflight";
import { findOnPath } from "../../../local/toolchain/path";

/** Commands that the tests run, by any of their names, with the Debian package of each. */
const needed = [
  { package: "chromium", names: ["chromium", "chromium-browser", "google-chrome"] },
  { package: "poppler-utils", names: ["pdftotext"] },
] as const;

/** Nothing of its own goes over the network. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The first time it installs them, from whatever mirror there is. */
const installation = 900_000;

/**
 * A browser for the tests of a file, with a profile of its own that is gone afterwards. Where there is none it
 * is installed; where it can't be, the tests are skipped, and in CI (`CI=true`) they fail.
 */
export function theBrowser(): () => Browser {
  let browser: Browser | undefined;
  let lacking = "";
  beforeAll(async () => {
    const missing = await missingPackages();
    if (missing.length > 0 && (await canInstall())) await installPackages(missing);
    const still = await missingPackages();
    lacking = `These tests want a browser and a reader of PDF: apt-get install ${still.join(" ")}`;
    if (still.length > 0) {
      if (process.env.CI === "true") throw new Error(lacking);
      console.warn(lacking);
      return;
    }
    browser = await chromium.launch({ executablePath: await findAny(needed[0].names), args: flags });
    return () => browser?.close();
  }, installation);
  beforeEach(({ skip }) => skip(!browser, lacking));
  return () => {
    if (!browser) throw new Error(lacking);
    return browser;
  };
}

async function missingPackages(): Promise<string[]> {
  const found = await Promise.all(needed.map(({ names }) => findAny(names)));
  return needed.filter((_, index) => !found[index]).map((each) => each.package);
}

async function findAny(names: readonly string[]): Promise<string | undefined> {
  const found = await Promise.all(names.map((name) => findOnPath(name, process.env)));
  return found.find(Boolean);
}

async function canInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findAny(["apt-get"])) !== undefined;
}
