import { beforeEach } from "vitest";
import type { Cloud } from "./cloud";

/** What is worth reading: services that come and go, and what goes wrong. */
const telling =
  "error|warn|fatal|panic|fail|killed|memory|temporary|deferred|SIGHUP|Start(ed|ing)|Stopp|Reload";

/** Has each failed test followed by what the host said meanwhile: of a run elsewhere nothing else is left to look at. */
export function tellHostLog(local: Cloud): void {
  beforeEach(({ onTestFailed }) => {
    const began = Math.floor(Date.now() / 1000);
    onTestFailed(async () => {
      const read = `journalctl --no-pager --output short-precise --since @${began} | grep -iE '${telling}' | tail -n 150`;
      const { code, stdout, stderr } = await local
        .on("mx1", ["sh", "-c", read])
        .catch((reason: unknown) => ({ code: 1, stdout: "", stderr: String(reason) }));
      console.error(`${local.name}: mx1 said meanwhile:\n${code === 0 ? stdout : stderr}`);
    });
  });
}
