import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";

export interface Shown {
  readonly page: Page;
  /** Every request that the browser made, the page's own included. */
  readonly requests: readonly string[];
  /** What it complained about. */
  readonly complaints: readonly string[];
}

/** Shows a page that is served on the loopback, for the test that is running. */
export async function show(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Shown> {
  const requests: string[] = [];
  const complaints: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.setHeader("Content-Type", "text/html");
    response.end(html);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const context = await browser.newContext(options);
  onTestFinished(async () => {
    await context.close();
    server.close();
  });
  const page = await context.newPage();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  page.on("request", (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(address, { waitUntil: "load" });
  return { page, requests, complaints };
}

/** The words on the pages of a printed page, with one space between them. */
export async function printed(page: Page): Promise<string> {
  const pdf = await page.pdf({ format: "A4", printBackground: false });
  const reading = promisify(execFile)("pdftotext", ["-layout", "-", "-"], { maxBuffer: 64 * 2 ** 20 });
  reading.child.stdin?.end(pdf);
  return (await reading).stdout.replace(/\s+/g, " ");
}

export async function openEveryFold(page: Page): Promise<void> {
  await page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })");
}
