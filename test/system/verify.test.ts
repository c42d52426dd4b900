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
  undo = await complete(site);
  good = await verify();
});
afterAll(async () => {
  await undo();
  await site.host("systemctl start mailserver-agent");
});

describe("mailserver verify", () => {
  it("finds nothing to mend on a complete server, but for what can't be told from outside", () => {
    // That mail is sent over IPv4 only, so that the IPv6 address needs no name.
    const untold = { id: "reverse-ptr", outcome: "warning" };
    expect(wanting(good)).toEqual([expect.objectContaining(untold)]);
  });

  it("sees that senders reach it over IPv6, and its name servers too", () => {
    const over = ["mx-ipv6", "mx-ipv6-reachable", "dns-nameservers-ipv6"];
    const seen = good.filter(({ id }) => over.includes(id));
    expect(seen.map(({ outcome }) => outcome)).toEqual(over.map(() => "passed"));
  });

  const faults = [...zoneFaults, ...hostFaults, ...webFaults];
  it("is tried on sixty faults and more", () => {
    expect(faults.length).toBeGreaterThanOrEqual(60);
  });

  for (const fault of faults)
    it(`names ${fault.title}, and nothing else`, async () => {
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
});
