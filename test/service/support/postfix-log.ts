import { installPackages } from "../../../local/preflight";
import { run } from "../../../local/run";
import { local } from "./server";

/** What pflogsumm, the report that Postfix's users know, makes of the host's log since the given time. */
export async function pflogsumm(since: string): Promise<Record<string, number>> {
  const known = await run(["which", "pflogsumm"], { accept: [0, 1] });
  if (known.code !== 0) await installPackages(["pflogsumm"]);
  const log = await local.on("mx1", [
    ...["journalctl", "--no-pager", "-o", "short", "-u", "postfix", `--since=@${since}`],
  ]);
  const { stdout } = await run(["pflogsumm"], { input: log.stdout });
  const totals = stdout.slice(stdout.indexOf("Grand Totals"), stdout.indexOf("Per-Hour"));
  return Object.fromEntries(
    [...totals.matchAll(/(\d+)\s+(received|delivered|bounced|rejected|deferrals)\b/g)].map(
      ([, count, name]) => [name, Number(count)],
    ),
  );
}
