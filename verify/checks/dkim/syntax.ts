import type { Check } from "../../check";
import { publishedKeys, recordLines } from "../../dkim/keys";
import { failed, passed } from "../../outcome";
import { problemLines } from "../../tag-list";

export const dkimSyntax: Check = {
  id: "dkim-syntax",
  title: "The DKIM keys can be read",
  asks: "Whether each key record keeps to the grammar and its p= is a public key. Verifiers treat a broken record as no key.",
  source: "RFC 6376, sections 3.2 and 3.6.1; RFC 8463, section 4",
  severity: "high",
  run: async (subject) => {
    const keys = await publishedKeys(subject);
    const broken = keys.filter(({ record }) => record.problems.length > 0);
    if (broken.length === 0)
      return passed(`Well formed: ${keys.map(({ name }) => name).join(", ")}.\n${recordLines(keys)}`);
    return failed(
      broken
        .map(
          (key) =>
            `The key at ${key.name} is malformed.\n${problemLines(key.record.problems)}\n${recordLines([key])}`,
        )
        .join("\n"),
      `Publish ${broken[0]?.name}. TXT "v=DKIM1; k=${broken[0]?.record.keyType === "ed25519" ? "ed25519" : "rsa"}; p=<the public key in base64>" with a semicolon between tags, without quotes or backslashes of its own, and whole: split it into strings of 255 characters, not into records.`,
    );
  },
};
