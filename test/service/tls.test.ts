import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { local } from "./support/server";

const dir = mkdtempSync(join(tmpdir(), "mailserver-testssl-"));
afterAll(() => rmSync(dir, { recursive: true }));

const asked = ["--protocols", "--std", "--server-defaults", "--server-preference", "--vulnerable"];
const quiet = ["--quiet", "--color", "0", "--warnings", "batch", "--nodns", "min"];

interface Finding {
  readonly id: string;
  readonly severity: string;
  readonly finding: string;
}

/** The weights of what it finds. Others are for what is well, and for what it could not find out itself. */
const weights = ["LOW", "MEDIUM", "HIGH", "CRITICAL", "FATAL"];
/** The simulated authority revokes nothing, and its certificates say so. */
const notTheHosts = ["cert_revocation"];

/** What testssl.sh finds worth a word, whatever its weight, asking as a stranger who knows the authority. */
async function complaints(port: number, starttls?: string): Promise<string[]> {
  const file = join(dir, `${port}.json`);
  const options = [...asked, ...quiet, "--jsonfile", file, ...(starttls ? ["--starttls", starttls] : [])];
  const trusting = ["sh", "-euc", 'exec testssl --add-ca "$SSL_CERT_FILE" "$@"', "sh"];
  await local.internet([...trusting, ...options, `mx1.example.test:${port}`]);
  const findings = JSON.parse(readFileSync(file, "utf8")) as Finding[];
  expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(["TLS1_2", "TLS1_3", "heartbleed"]));
  return findings
    .filter(({ id, severity }) => weights.includes(severity) && !notTheHosts.includes(id))
    .map(({ id, severity, finding }) => `${id} ${severity} ${finding}`);
}

describe("testssl.sh has nothing to say against TLS", () => {
  it.each([
    [25, "smtp"],
    [465, undefined],
    [587, "smtp"],
    [993, undefined],
    [443, undefined],
  ] as const)("on port %i", async (port, starttls) => {
    expect(await complaints(port, starttls)).toEqual([]);
  });
});
