import type { Check } from "../../check";
import { time } from "../../host/age";
import { told } from "../../host/told";
import { NotApplicable, passed, warning } from "../../outcome";

export const hostWarnings: Check = {
  id: "host-warnings",
  title: "The host has no warnings of its own",
  asks: "What the host itself says should be mended though mail works, such as a certificate near its end that can't be renewed.",
  source: "the host's status",
  severity: "medium",
  run: async (subject) => {
    const { hostname, warnings, updated } = told(subject);
    if (!warnings) throw new NotApplicable(`${hostname} says nothing of warnings.`);
    if (warnings.length === 0) return passed(`${hostname} had no warnings at ${time(updated)}.`);
    return warning(
      [
        `${hostname} has ${warnings.length === 1 ? "a warning" : `${warnings.length} warnings`}, it said at ${time(updated)}.`,
        ...warnings,
      ].join("\n"),
      "Mend what each names, before mail is affected. On the host, `journalctl -u mailserver-certificate` tells more of certificates.",
    );
  },
};
