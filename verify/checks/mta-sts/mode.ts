import type { Check } from "../../check";
import { policyInForce, policyUrl, wantedRecord } from "../../mta-sts/published";
import { passed, warning } from "../../outcome";

export const mtaStsMode: Check = {
  id: "mta-sts-mode",
  title: "The MTA-STS policy is enforced",
  asks: "Whether the policy's mode is enforce. In testing mode senders only report, and mail can still be intercepted.",
  source: "RFC 8461 section 5",
  severity: "low",
  run: async (subject) => {
    const { mode } = await policyInForce(subject);
    if (mode === "enforce") return passed("mode: enforce");
    return warning(
      mode === "testing"
        ? "The MTA-STS policy is in testing: senders report what fails, and deliver nevertheless."
        : "The MTA-STS policy is switched off: mode: none.",
      `When the TLS reports are clean, set "mode: enforce" at ${policyUrl(subject)}, then change the record's id: ${wantedRecord(subject)}`,
    );
  },
};
