import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { program } from "../../local/program";
import type { CheckReport, Report } from "../../verify/report";
import { cloud, root } from "./support/cloud";
import { complete } from "./support/faults/complete";
import { hostFaults, webFaults } from "./support/faults/host";
import { openSite, type Site } from "./support/faults/site";
import { zoneFaults } from "./support/faults/zone";
import { alice } from "./support/imap";

const local = cloud(inject("cloud"));

/** What an operator types, as a host on the simulated internet. */
function mailserver(...args: string[]) {
  return local.internet(program(join(root, "cli/mailserver.ts"), ...args), {
    env: { MAILSERVER_PASSWORD: alice.password },
  });
}

async function verify(): Promise<readonly CheckReport[]> {
  const selectors = ["--dkim-selector", "rsa1,ed1,spare"];
  const { stdout, stderr } = await mailserver(
    "verify",
    "example.test",
    "--json",
    "--account",
    alice.user,
    ...selectors,
  );
  if (stdout === "") throw new Error(stderr);
  return (JSON.parse(stdout) as Report).checks;
}

const wanting = (checks: readonly CheckReport[]) =>
  checks.filter(({ outcome }) => outcome === "failed" || outcome === "warning");

let site: Site;
let undo = async () => {};
let good: readonly CheckReport[];

beforeAll(async () => {
  const outputs = await local.outputs();
  site = await openSite(local, String(outputs.publicIp));
  // It would mend what is spoilt here: a service that stops makes it apply the bundle again.
  await site.host("systemctl stop mailserver-agent");
  undo = await complete(site, String(outputs.hostKeySha256));
  good = await verify();
});
afterAll(async () => {
  await undo();
  await site.host("systemctl start mailserver-agent");
});

describe("mailserver verify", () => {
  it("finds nothing to mend on a complete server, but for what the simulated internet lacks", () => {
    // It has no IPv6.
    const lacking = /^(mx-ipv6|dns-nameservers-ipv6)$/;
    expect(wanting(good).filter(({ id }) => !lacking.test(id))).toEqual([]);
  });

  const faults = [...zoneFaults, ...hostFaults, ...webFaults];
  it("is tried on sixty faults and more", () => {
    expect(faults.length).toBeGreaterThanOrEqual(60);
  });

  for (const fault of faults)
    it(`names ${fault.title}, and nothing else`, async () => {
      const mend = await fault.plant(site);
      try {
        const known = new Set(wanting(good).map(({ id }) => id));
        const checks = await verify();
        const found = wanting(checks).filter(({ id }) => !known.has(id));
        const about = [...found, ...checks.filter(({ id }) => fault.named.includes(id))];
        expect(
          found.map(({ id }) => id),
          JSON.stringify(about, null, 2),
        ).toEqual(fault.named);
      } finally {
        await mend();
      }
    });
});
