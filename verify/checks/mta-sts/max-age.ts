import type { Check } from "../../check";
import { policyInForce, policyUrl, wantedRecord } from "../../mta-sts/published";
import { NotApplicable, passed, warning } from "../../outcome";

/** Seconds. The RFC speaks of weeks; less leaves gaps between the visits of a sender that comes seldom. */
const week = 604_800;

export const mtaStsMaxAge: Check = {
  id: "mta-sts-max-age",
  title: "Senders keep the MTA-STS policy for a week or more",
  asks: "Whether max_age is long enough to protect the next message too: an attacker can keep a sender from fetching the policy again, not from remembering it.",
  source: "RFC 8461 sections 3.2 and 10.2",
  severity: "low",
  run: async (subject) => {
    const { mode, maxAge } = await policyInForce(subject);
    // Who tries it out or takes it back wants to be forgotten soon (RFC 8461 sections 5 and 8.3).
    if (mode !== "enforce") throw new NotApplicable(`The MTA-STS policy has mode: ${mode}.`);
    if (maxAge >= week) return passed(`max_age: ${maxAge}`);
    return warning(
      `Senders forget the MTA-STS policy after ${maxAge} seconds.`,
      `Set "max_age: ${week}" or more at ${policyUrl(subject)}, then change the record's id: ${wantedRecord(subject)}`,
    );
  },
};
