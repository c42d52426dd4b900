import { type HostFile, type HostPart, part, publicFile } from "../bundle";
import { paths } from "../paths";
import { pythonModules } from "../python";
import { asset, fill } from "../template";

const directory = `${paths.programs}/agent`;
const modules = pythonModules(__dirname, directory);
const unit = publicFile(
  "/etc/systemd/system/mailserver-agent.service",
  fill(asset(__dirname, "mailserver-agent.service"), { agent: directory }),
);

/** What user-data has to bring so that the host can fetch the rest. */
export const bootFiles: readonly HostFile[] = [
  ...modules.filter(({ path }) => ["boot.py", "cloud.py"].some((name) => path.endsWith(`/${name}`))),
  unit,
];

/** The agent itself, in the bundle it applies. */
export function renderAgent(): HostPart {
  return part("agent", {
    files: [...modules, unit],
    // That all its modules are there and load, before it replaces the one that could still be repaired.
    checks: [["python3", "-B", "-c", `import sys; sys.path.insert(0, "${directory}"); import main`]],
  });
}
