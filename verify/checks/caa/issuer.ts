import { type IssuedBy, issuersInUse } from "../../caa/issuer";
import { type CaaSet, caaLines, caaOf, issuersOf } from "../../caa/published";
import { problemOf } from "../../caa/record";
import type { Check } from "../../check";
import { type Finding, NotApplicable, notChecked, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";

export const caaIssuer: Check = {
  id: "caa-issuer",
  title: "CAA allows the authority in use",
  asks: "Whether the authority that issued the mail hosts' certificates may issue the next one too. It must refuse the renewal otherwise.",
  source: "RFC 8659 section 4.2",
  severity: "medium",
  run: async (subject) => {
    const findings = await Promise.all((await issuersInUse(subject)).map((issued) => judge(subject, issued)));
    const order = ["warning", "not-checked", "passed"] as const;
    const all = findings.filter((finding) => finding !== undefined);
    const worst = order.flatMap((outcome) => all.filter((finding) => finding.outcome === outcome))[0];
    if (!worst) throw new NotApplicable("No CAA record limits who may issue the mail hosts' certificates.");
    const same = all.filter(({ outcome }) => outcome === worst.outcome);
    return { ...worst, evidence: same.map(({ evidence }) => evidence).join("\n") };
  },
};

/** @returns undefined where there is nothing to say of the host, or another check says it */
async function judge(subject: Subject, issued: IssuedBy): Promise<Finding | undefined> {
  const { host, organization, authority, selfIssued, certifiedName } = issued;
  // A certificate for *.example.com is issued on the word of example.com (RFC 8659 section 3).
  const set = await caaOf(subject, certifiedName.replace(/^\*\./, ""));
  if (!set || selfIssued) return undefined;
  const allowed = allowedFor(set, certifiedName);
  if (!allowed) return undefined;
  const lines = caaLines(set);
  const who = `${organization}, which issued the certificate of ${host}`;
  const isAllowed = authority?.domains.some((domain) => allowed.includes(domain));
  if (isAllowed) return passed([`CAA allows ${who}.`, ...lines].join("\n"));
  // Records that can't be read allow nobody; caa-syntax tells.
  if (set.records.some(problemOf)) return undefined;
  if (!authority && allowed.length > 0)
    return notChecked(
      [`By which name CAA has to allow ${who}, is not known here.`, ...lines].join("\n"),
      `Look for CAA in section 4.2 of the authority's certification practice statement, and compare with the record: ${allowed.join(", ")}.`,
    );
  const wanted = authority?.domains[0] ?? "<the domain of your authority>";
  return warning(
    [`CAA does not allow ${who}, so the next renewal fails.`, ...lines].join("\n"),
    `Publish ${set.at}. CAA 0 issue "${wanted}" beside the others, or renew with an authority that they allow.`,
  );
}

/** The authorities' domains; undefined when everybody may issue. */
function allowedFor(set: Pick<CaaSet, "records">, name: string): readonly string[] | undefined {
  const wild = name.startsWith("*.") ? issuersOf(set, "issuewild") : undefined;
  return (wild ?? issuersOf(set, "issue"))?.map(({ domain }) => domain).filter((domain) => domain !== "");
}
