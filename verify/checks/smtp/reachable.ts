import type { Check } from "../../check";
import { Unreachable } from "../../network";
import { CannotCheck, type Finding, failed, notChecked, passed } from "../../outcome";
import { label, type SmtpHost, smtpAddresses } from "../../smtp/every-host";
import { hello } from "../../smtp/hello";
import type { Subject } from "../../subject";

export const smtpReachable: Check = {
  id: "smtp-reachable",
  title: "Every mail host answers on port 25",
  asks: "Whether each IPv4 address of each MX host takes connections and speaks SMTP. A host that refuses loses mail, or delays it where there is another.",
  source: "RFC 5321 section 5.1",
  severity: "critical",
  run: async (subject) => {
    const hosts = await smtpAddresses(subject);
    const findings = await Promise.all(hosts.map((host) => greet(subject, host)));
    const worst =
      findings.find(({ outcome }) => outcome === "failed") ??
      findings.find(({ outcome }) => outcome === "not-checked") ??
      passed("");
    const rest = findings.filter((finding) => finding !== worst);
    return {
      ...worst,
      evidence: [worst, ...rest]
        .map(({ evidence }) => evidence)
        .filter(Boolean)
        .join("\n"),
    };
  },
};

async function greet(subject: Subject, host: SmtpHost): Promise<Finding> {
  try {
    const { greeting } = await hello(subject, host);
    return passed(`${label(host)} answers: 220 ${greeting.lines[0]}`);
  } catch (error) {
    if (!(error instanceof CannotCheck)) throw error;
    if (error instanceof Unreachable && error.why === "refused")
      return failed(
        `${label(host)} refuses connections to port 25.`,
        `Start the mail server on ${host.name} and let it listen on ${host.address}, with TCP port 25 open in the firewall; or take the host out of the MX records.`,
      );
    return notChecked(`${label(host)}: ${error.message}`, error.remedy);
  }
}
