import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localStack } from "../cli/stack";
import { program } from "../local/program";
import { type Cloud, cloud, root } from "../test/system/support/cloud";
import { complete } from "../test/system/support/faults/complete";
import type { Fault } from "../test/system/support/faults/fault";
import { hostFaults, webFaults } from "../test/system/support/faults/host";
import { openSite, type Site } from "../test/system/support/faults/site";
import { zoneFaults } from "../test/system/support/faults/zone";
import { checks } from "../verify/checks";
import type { Report } from "../verify/report";
import { median, timed } from "./measure";
import { type Checker, otherCheckers } from "./other-checkers";

export interface VerifyFigures {
  readonly checks: number;
  /** Seconds of the whole command, of one domain and of fifty on the same host. */
  readonly seconds: { readonly one: number; readonly fifty: number };
  /** How many of the planted faults each checker named; those it does not look at are not counted. */
  readonly named: readonly { readonly checker: string; readonly named: number; readonly of: number }[];
}

/** How long `mailserver verify` takes, and what it finds beside what others find of the same faults. */
export async function measureVerify(rounds: number): Promise<VerifyFigures> {
  const local = cloud("bench");
  const dir = mkdtempSync(join(tmpdir(), "mailserver-bench-"));
  try {
    const { code, stdout, stderr } = await local.local(["start"]);
    if (code !== 0) throw new Error(`The local stack did not come up:\n${stdout}${stderr}`);
    const outputs = await local.outputs();
    const site = await openSite(local, String(outputs.publicIp));
    await complete(site, String(outputs.hostKeySha256));
    const seconds = await times(local, site, rounds);
    return { checks: checks.length, seconds, named: await compare(local, site, dir) };
  } finally {
    await local.local(["down"]);
    rmSync(dir, { recursive: true });
  }
}

async function times(local: Cloud, site: Site, rounds: number): Promise<VerifyFigures["seconds"]> {
  const many = Array.from({ length: 50 }, (_, i) => `d${i}.example.test`);
  for (const name of many)
    await site.zone({
      [`${name} MX`]: ["10 mx1.example.test."],
      [`${name} TXT`]: ['"v=spf1 mx -all"'],
      [`_dmarc.${name} TXT`]: [`"v=DMARC1; p=reject; rua=mailto:postmaster@${name}"`],
    });
  const list = many.map(
    (name) => `echo ${name} . >>domains; echo postmaster@${name} alice@example.test >>aliases`,
  );
  await site.host(`cd /etc/postfix; ${list.join("; ")}; systemctl restart postfix`);
  const of = async (domains: readonly string[]) => {
    const samples = [];
    for (let round = 0; round < rounds; round++) samples.push(await timed(() => verify(local, domains)));
    return median(samples);
  };
  return { one: await of(["example.test"]), fifty: await of(many) };
}

async function verify(local: Cloud, domains: readonly string[]): Promise<Report[]> {
  const known = ["--account", localStack.login.user, "--dkim-selector", "rsa1,ed1"];
  const command = program(join(root, "cli/mailserver.ts"), "verify", ...domains, "--json", ...known);
  const { stdout, stderr } = await local.internet(command, {
    env: { MAILSERVER_PASSWORD: localStack.login.password },
  });
  if (stdout === "") throw new Error(stderr);
  return [JSON.parse(stdout) as Report | Report[]].flat();
}

async function compare(local: Cloud, site: Site, dir: string): Promise<VerifyFigures["named"]> {
  const own = async () => {
    const [report] = await verify(local, [localStack.domain]);
    const wanting = report?.checks.filter(({ outcome }) => outcome === "failed" || outcome === "warning");
    return new Set(wanting?.map(({ id }) => id));
  };
  const others = await otherCheckers(local, dir);
  const everything: Checker[] = (["zone", "host"] as const).map((looksAt) => ({
    name: "mailserver verify",
    looksAt,
    complaints: own,
  }));
  const planted = { zone: zoneFaults, host: [...hostFaults, ...webFaults] };
  const results = [];
  for (const checker of [...everything, ...others]) {
    const before = await checker.complaints();
    const faults = planted[checker.looksAt];
    let named = 0;
    for (const fault of faults) if (await finds(checker, before, fault, site)) named++;
    results.push({ checker: `${checker.name}, faults of the ${checker.looksAt}`, named, of: faults.length });
  }
  return results;
}

/** Whether it complains about something that it did not complain about before. */
async function finds(
  checker: Checker,
  before: ReadonlySet<string>,
  fault: Fault,
  site: Site,
): Promise<boolean> {
  const mend = await fault.plant(site);
  try {
    return [...(await checker.complaints())].some((complaint) => !before.has(complaint));
  } finally {
    await mend();
  }
}
