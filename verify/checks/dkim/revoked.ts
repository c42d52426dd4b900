import type { Check } from "../../check";
import { publishedKeys, recordLines } from "../../dkim/keys";
import { failed, passed } from "../../outcome";

export const dkimRevoked: Check = {
  id: "dkim-revoked",
  title: "No DKIM key in use is revoked",
  asks: "Whether a selector that the domain signs with has an empty p=, which says that the key is revoked: every signature fails.",
  source: "RFC 6376, section 3.6.1",
  severity: "high",
  run: async (subject) => {
    const keys = await publishedKeys(subject);
    const inForce = keys.filter(({ record }) => !record.revoked).map(({ name }) => name);
    // A revoked key beside another is one too many at its selector, which is another check's.
    const revoked = keys.filter(({ name, record }) => record.revoked && !inForce.includes(name));
    const inUse = revoked.filter(({ told }) => told);
    if (inUse.length > 0)
      return failed(
        `Revoked, though the domain signs with it: ${names(inUse)}.\n${recordLines(inUse)}`,
        `Publish the signer's key again, ${inUse[0]?.name}. TXT "v=DKIM1; k=rsa; p=<the public key>", or sign with another selector.`,
      );
    // Who retires a key leaves an empty p= behind, as it should be.
    if (revoked.length > 0) return passed(`Revoked, and not known to be in use: ${names(revoked)}.`);
    return passed(`None is revoked: ${names(keys)}.`);
  },
};

function names(keys: Awaited<ReturnType<typeof publishedKeys>>): string {
  return keys.map(({ name }) => name).join(", ");
}
