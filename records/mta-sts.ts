import { createHash } from "node:crypto";
import type { DnsRecord } from "./record";
import { txtRecord } from "./txt";

/** `none` takes the policy back in good order: senders forget what they had cached (RFC 8461 section 2.6). */
export const mtaStsModes = ["enforce", "testing", "none"] as const;
export type MtaStsMode = (typeof mtaStsModes)[number];

/** Two weeks: senders remember the policy over any attack that is shorter. */
const MAX_AGE = 1_209_600;

/** The policy that `https://mta-sts.<domain>/.well-known/mta-sts.txt` serves (RFC 8461 section 3.2). */
export function mtaStsPolicy(mode: MtaStsMode, hostname: string): string {
  return ["version: STSv1", `mode: ${mode}`, `mx: ${hostname}`, `max_age: ${MAX_AGE}`, ""].join("\r\n");
}

/**
 * Tells senders that there is a policy, and by its id when it is another one (RFC 8461 section 3.1). The id is made
 * from the policy, so it changes exactly when the policy does: 32 letters and digits, the most that are allowed.
 */
export function mtaStsRecord(domain: string, policy: string): DnsRecord {
  const id = createHash("sha256").update(policy).digest("hex").slice(0, 32);
  return txtRecord(`_mta-sts.${domain}`, `v=STSv1; id=${id}`);
}
