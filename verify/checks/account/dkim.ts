import { accountCheck } from "../../account/account-check";
import { unsound } from "../../account/published";
import { nameOf, type Signature, signatures } from "../../account/signatures";
import type { Check } from "../../check";
import { type Finding, failed, NotApplicable, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";

const look =
  "Compare the key that the server signs with (`rspamadm dkim_keygen` shows its form) with the record in DNS, and see that nothing changes the message after it is signed.";

export const accountDkim: Check = accountCheck({
  id: "account-dkim",
  title: "Sent mail is signed for the domain",
  asks: "Whether the message that arrived has a DKIM signature of the sender's domain that verifies with the key in DNS. Receivers judge the domain by it.",
  source: "RFC 6376 section 6, RFC 9989 (alignment)",
  severity: "high",
  run: async (subject) => {
    const all = await signatures(subject);
    if (all.length === 0) return unsigned(subject);
    const own = all.filter(({ aligned }) => aligned);
    if (own.length === 0)
      return failed(
        `The message is signed only for other domains: ${all.map(nameOf).join(", ")}.`,
        `Sign with d=${subject.domain}, for DMARC takes no other signature into account.`,
      );
    return judge(subject, own);
  },
});

function unsigned(subject: Subject): Finding {
  const evidence = "The message that the account sent to itself has no DKIM signature.";
  const remedy =
    "Sign what users hand in (in Rspamd dkim_signing with sign_authenticated, in Postfix the milter for `submissions` and `submission`).";
  if (subject.expected) return failed(evidence, remedy);
  return warning(`${evidence} Some servers sign only what leaves them.`, remedy);
}

async function judge(subject: Subject, own: readonly Signature[]): Promise<Finding> {
  const good = own.filter(({ result }) => result === "pass");
  const bad = own.filter(({ result }) => result !== "pass");
  const elsewhere = await Promise.all(bad.map((signature) => unsound(subject, signature)));
  const strays = bad.filter((_, index) => !elsewhere[index]);
  const problems = strays.map((signature) => `${nameOf(signature)}: ${signature.result}, ${signature.why}`);
  if (good.length > 0 && strays.length === 0)
    return passed(`The message is signed and verifies: ${good.map(nameOf).join(", ")}.`);
  if (good.length > 0)
    return warning([`Of ${own.length} signatures not all verify.`, ...problems].join("\n"), look);
  if (strays.length === 0)
    throw new NotApplicable("The key in DNS is at fault, which checks of the record tell.");
  return failed(["No signature of the domain verifies.", ...problems].join("\n"), look);
}
