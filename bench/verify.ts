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
  /** How many of the faults that are another checker's subject it complains about, and how many of them this one. */
  readonly named: readonly {
    readonly checker: string;
    readonly of: number;
    readonly named: number;
    readonly own: number;
  }[];
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
    await site.host("systemctl stop mailserver-agent");
    await complete(site);
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
  const known = ["--account", localStack.login.user, "--dkim-selector", "rsa1,ed1,spare"];
  const command = program(join(root, "cli/mailserver.ts"), "verify", ...domains, "--json", ...known);
  const { stdout, stderr } = await local.internet(command, {
    env: { MAILSERVER_PASSWORD: localStack.login.password },
  });
  if (stdout === "") throw new Error(stderr);
  return [JSON.parse(stdout) as Report | Report[]].flat();
}

async function compare(local: Cloud, site: Site, dir: string): Promise<VerifyFigures["named"]> {
  const others = await otherCheckers(local, dir);
  const faults = [...zoneFaults, ...hostFaults, ...webFaults].filter((fault) =>
    others.some((checker) => checker.knows(fault)),
  );
  const own: Checker = {
    name: "mailserver verify",
    knows: () => true,
    complaints: async () => {
      const [report] = await verify(local, [localStack.domain]);
      const wanting = report?.checks.filter(({ outcome }) => outcome === "failed" || outcome === "warning");
      // By outcome too: what was a warning before may fail now.
      return new Set(wanting?.map(({ id, outcome }) => `${outcome} ${id}`));
    },
  };
  const all = [own, ...others];
  const before = new Map<Checker, ReadonlySet<string>>();
  for (const checker of all) before.set(checker, await checker.complaints());
  const found = new Map(all.map((checker) => [checker, new Set<Fault>()]));
  for (const fault of faults) {
    const mend = await fault.plant(site);
    for (const checker of all.filter(({ knows }) => knows(fault))) {
      const fresh = [...(await checker.complaints())].filter((one) => !before.get(checker)?.has(one));
      if (fresh.length > 0) found.get(checker)?.add(fault);
    }
    await mend();
  }
  return others.map((checker) => {
    const its = faults.filter(checker.knows);
    const namedBy = (which: Checker) => its.filter((fault) => found.get(which)?.has(fault)).length;
    return { checker: checker.name, of: its.length, named: namedBy(checker), own: namedBy(own) };
  });
}
