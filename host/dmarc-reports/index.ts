import { join } from "node:path";
import { type HostPart, part, publicFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { dnsModule } from "../dns";
import { paths } from "../paths";
import { pythonModules } from "../python";
import { redisSocket } from "../redis";
import { reporter, reporting } from "../reporting";
import { asset, fill } from "../template";

const folder = `${paths.programs}/dmarc-reports`;
const program = `${folder}/main.py`;
const modules = pythonModules(join(__dirname, "reports"), folder);
const unit = asset(__dirname, "mailserver-dmarc-reports.service");
const timer = asset(__dirname, "mailserver-dmarc-reports.timer");
const user = "dmarc-reports";

/**
 * Reports on DMARC (RFC 9990) to domains that ask for them in DNS: what Rspamd has judged of mail in their name and
 * counted in Redis goes out once a day. Rspamd's own program loses what it can't send at once, and writes RFC 7489's form.
 */
export function renderDmarcReports(host: HostDeclaration): HostPart {
  const place = (name: string, text: string) => publicFile(`/etc/systemd/system/${name}`, text);
  return part("dmarc-reports", {
    files: [
      ...modules,
      ...reporting(folder),
      dnsModule(folder),
      publicFile(
        "/etc/mailserver/dmarc-reports.json",
        `${JSON.stringify({ ...reporter(host), redis: redisSocket })}\n`,
      ),
      place("mailserver-dmarc-reports.service", fill(unit, { program, user })),
      place("mailserver-dmarc-reports.timer", timer),
      publicFile("/etc/sysusers.d/mailserver-dmarc-reports.conf", `u ${user} - "Reports on DMARC"\n`),
    ],
    checks: [["python3", "-B", program, "check"]],
    prepare: [["systemd-sysusers", "mailserver-dmarc-reports.conf"]],
    services: [{ unit: "mailserver-dmarc-reports.timer", onChange: "restart" }],
  });
}
