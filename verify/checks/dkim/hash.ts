import type { Check } from "../../check";
import type { PublicKey } from "../../dkim/key-record";
import { nameKey, type PublishedKey, readableKeys, recordLines } from "../../dkim/keys";
import { failed, passed } from "../../outcome";
import { txtLine } from "../../tag-list";

export const dkimHash: Check = {
  id: "dkim-hash",
  title: "The DKIM keys are for SHA-256 and for mail",
  asks: "Whether what a key record says of its key lets verifiers use it: the algorithm k= is the key's own, h= allows sha256, s= allows email.",
  source: "RFC 6376, section 3.6.1; RFC 8301, section 3.1",
  severity: "high",
  run: async (subject) => {
    const keys = await readableKeys(subject);
    const faulty = keys.flatMap((key) => {
      const faults = faultsOf(key);
      return faults.length > 0 ? [{ key, faults }] : [];
    });
    if (faulty.length === 0) return passed(`Of use to every verifier: ${keys.map(nameKey).join(", ")}.`);
    const mended = faulty.map(({ key }) => txtLine(key.name, mend(key)));
    return failed(
      [
        faulty
          .map(({ key, faults }) => `The key at ${key.name} is of no use: ${faults.join("; ")}.`)
          .join("\n"),
        recordLines(faulty.map(({ key }) => key)),
      ].join("\n"),
      `Publish ${mended.join("\n")}`,
    );
  },
};

type Key = PublishedKey & { readonly publicKey: PublicKey };

function faultsOf({ record: { keyType, hashes, services }, publicKey }: Key): string[] {
  const faults: string[] = [];
  if (publicKey.type === "other")
    faults.push(`p= is a key of the type ${publicKey.name}, which DKIM has no use for`);
  else if (keyType !== publicKey.type) faults.push(`k= is ${keyType}, and p= is a key for ${publicKey.type}`);
  if (hashes && !hashes.includes("sha256")) faults.push(`h= allows ${hashes.join(", ")}, and not sha256`);
  if (!services.includes("*") && !services.includes("email"))
    faults.push(`s= is for ${services.join(", ")}, and not for email`);
  return faults;
}

function mend({ record, publicKey }: Key): string {
  const data = /(?:^|;)\s*p\s*=([^;]*)/.exec(record.text)?.[1] ?? "";
  return publicKey.type === "other"
    ? "v=DKIM1; k=rsa; p=<the public key>"
    : `v=DKIM1; k=${publicKey.type}; p=${data.replace(/\s/g, "")}`;
}
