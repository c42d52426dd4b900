import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "../../../local/run";

const folder = join(homedir(), ".cache/pulumi-mailserver/tools/prometheus");
const program = join(folder, "usr/bin/promtool");

/** Prometheus's own judge of metrics. Its package is unpacked, not installed: that would start a server. */
export async function promtool(metrics: string): Promise<{ code: number; said: string }> {
  if (!existsSync(program)) {
    await mkdir(folder, { recursive: true });
    await run(
      [
        "sh",
        "-ec",
        'apt-get download -q prometheus; for f in prometheus_*.deb; do dpkg -x "$f" .; rm "$f"; done',
      ],
      {
        cwd: folder,
        timeout: 300_000,
      },
    );
  }
  const { code, stdout, stderr } = await run([program, "check", "metrics"], {
    input: metrics,
    accept: [0, 1, 2, 3],
  });
  return { code, said: `${stdout}${stderr}` };
}
