import { accountCheck } from "../../account/account-check";
import { nameOf, type Signature, signatures } from "../../account/signatures";
import type { Check } from "../../check";
import { failed, NotApplicable, passed, warning } from "../../outcome";

export const accountDkimStrength: Check = accountCheck({
  id: "account-dkim-strength",
  title: "Signatures cover the message, by both algorithms",
  asks: "Whether the signatures cover From and the whole body, with SHA-256, and whether there is one by RSA, which all receivers know, and one by Ed25519.",
  source: "RFC 6376 sections 5.4 and 8.2, RFC 8301 section 3, RFC 8463 section 5",
  severity: "medium",
  run: async (subject) => {
    const good = (await signatures(subject)).filter(({ aligned, result }) => aligned && result === "pass");
    if (good.length === 0)
      throw new NotApplicable("No signature of the domain verifies, which account-dkim tells.");
    const gaps = good.flatMap((signature) => gapsOf(signature).map((gap) => `${nameOf(signature)} ${gap}`));
    if (gaps.length > 0)
      return failed(
        [`A signature leaves open what it is to guard: ${gaps[0]}.`, ...gaps.slice(1)].join("\n"),
        "Let the signer use rsa-sha256 or ed25519-sha256, sign From, To, Subject, Date and Message-ID, and set no body length (l=).",
      );
    const algorithms = good.map(({ algorithm }) => algorithm);
    const seen = `The message is signed by ${[...new Set(algorithms)].join(" and ")}.`;
    if (!algorithms.includes("rsa-sha256"))
      return failed(
        `${seen} Most receivers verify only RSA.`,
        "Sign with a second key of RSA, 2048 bits, under a selector of its own.",
      );
    if (!algorithms.includes("ed25519-sha256"))
      return warning(
        seen,
        "Sign with a second key too, of Ed25519, under a selector of its own; receivers that do not know it pass it over.",
      );
    return passed(`${seen} From and the whole body are covered.`);
  },
});

function gapsOf({ signedHeaders, limited, algorithm }: Signature): readonly string[] {
  return [
    ...(signedHeaders.includes("from") ? [] : ["does not sign From"]),
    ...(limited ? ["signs only a part of the body (l=), so that anyone can append to it"] : []),
    ...(algorithm.endsWith("-sha1") ? ["uses SHA-1, which receivers must not accept"] : []),
  ];
}
