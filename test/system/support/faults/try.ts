import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { program } from "../../../../local/program";
import type { CheckReport, Report } from "../../../../verify/report";
import { root } from "../cloud";
import { alice } from "../imap";
import { shared as local } from "../shared";
import { complete } from "./complete";
import type { Fault } from "./fault";
import { openSite, type Site } from "./site";

/** What an operator types, as a host on the simulated internet. */
async function verify(): Promise<readonly CheckReport[]> {
  const options = ["--json", "--account", alice.user, "--dkim-selector", "rsa1,ed1,spare"];
  const { stdout, stderr } = await local.internet(
    program(join(root, "cli/mailserver.ts"), "verify", "example.test", ...options),
    { env: { MAILSERVER_PASSWORD: alice.password } },
  );
  if (stdout === "") throw new Error(stderr);
  return (JSON.parse(stdout) as Report).checks;
}

export const wanting = (checks: readonly CheckReport[]) =>
  checks.filter(({ outcome }) => outcome === "failed" || outcome === "warning");

/** Plants one fault after another in a complete server, and expects each to be named, and nothing else. */
export function tryFaults(faults: readonly Fault[]): { readonly good: () => readonly CheckReport[] } {
  let site: Site;
  let undo = async () => {};
  let good: readonly CheckReport[];

  beforeAll(async () => {
    const outputs = await local.outputs();
    site = await openSite(local, String(outputs.publicIp));
    // It would mend what is spoilt here: a service that stops makes it apply the bundle again.
    await site.host("systemctl stop mailserver-agent");
    undo = await complete(site);
    good = await verify();
  });
  afterAll(async () => {
    await undo();
    await site.host("systemctl start mailserver-agent");
  });

  it.each(faults)("names $title, and nothing else", async (fault) => {
    const mend = await fault.plant(site);
    try {
      const name = ({ id, outcome }: CheckReport) => `${outcome} ${id}`;
      const known = new Set(wanting(good).map(name));
      const checks = await verify();
      const found = wanting(checks).filter((check) => !known.has(name(check)));
      const about = [...found, ...checks.filter(({ id }) => fault.named.includes(id))];
      expect(
        found.map(({ id }) => id),
        JSON.stringify(about, null, 2),
      ).toEqual(fault.named);
    } finally {
      await mend();
    }
  });
  return { good: () => good };
}
