import type { Check } from "../../check";
import { nameKey, readableKeys, recordLines, toldSelectors } from "../../dkim/keys";
import { failed, passed, warning } from "../../outcome";

export const dkimStrength: Check = {
  id: "dkim-strength",
  title: "The DKIM keys are strong enough",
  asks: "Whether RSA keys have 2048 bits or more, and every verifier can use one of the keys. Keys below 1024 bits can be broken, and verifiers refuse them.",
  source: "RFC 8301, section 3.2; RFC 8463, section 3",
  severity: "high",
  run: async (subject) => {
    const keys = await readableKeys(subject);
    const rsa = keys.flatMap((key) =>
      key.publicKey.type === "rsa" ? [{ key, bits: key.publicKey.bits }] : [],
    );
    const weak = rsa.filter(({ bits }) => bits < 1024).map(({ key }) => key);
    const short = rsa.filter(({ bits }) => bits >= 1024 && bits < 2048).map(({ key }) => key);
    const long = rsa.filter(({ bits }) => bits > 4096).map(({ key }) => key);
    const replace = (keys: typeof weak) =>
      `Make an RSA key of 2048 bits, publish it under a new selector (v=DKIM1; k=rsa; p=<its public key>), sign with it, and retire ${keys.map(({ name }) => name).join(" and ")} some days later.`;
    if (weak.length > 0)
      return failed(
        `Verifiers refuse keys of less than 1024 bits: ${list(weak)}.\n${recordLines(weak)}`,
        replace(weak),
      );
    if (short.length > 0)
      return warning(`Keys should have 2048 bits: ${list(short)}.\n${recordLines(short)}`, replace(short));
    if (long.length > 0)
      return warning(`Not every verifier takes keys of more than 4096 bits: ${list(long)}.`, replace(long));
    // Where a key in use is missing or unreadable, that is another check's, and it may be the RSA key.
    const complete = toldSelectors(subject).every((told) => keys.some(({ selector }) => selector === told));
    if (rsa.length === 0 && complete && keys.some(({ publicKey }) => publicKey.type === "ed25519"))
      return warning(
        `Only Ed25519 keys are known, which many verifiers can't use: ${list(keys)}.`,
        "Sign with an RSA key of 2048 bits too; if the domain does, name its selector: --dkim-selector NAME",
      );
    return passed(`Strong enough: ${list(keys)}.`);
  },
};

function list(keys: Awaited<ReturnType<typeof readableKeys>>): string {
  return keys.map(nameKey).join(", ");
}
