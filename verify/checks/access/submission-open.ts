import { nameOf, openDoors } from "../../access/doors";
import { type Attempt, attemptMail } from "../../access/unauthenticated";
import { type AccessHost, accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { CannotCheck, failed, NotApplicable, passed, warning } from "../../outcome";
import { openSmtp } from "../../smtp/session";
import type { Subject } from "../../subject";

export const accessSubmissionOpen: Check = {
  id: "access-submission-open",
  title: "No mail without a login on 465 and 587",
  asks: "Whether the ports for users refuse mail of one who has not logged in. If they pass it on, the server is an open relay.",
  source: "RFC 6409 section 4.3",
  severity: "critical",
  run: async (subject) => {
    const seen = await openDoors(subject);
    const tried = await Promise.all([
      ...(seen.submissions === "open" ? [attempt(subject, "submissions")] : []),
      ...(seen.submission === "open" ? [attempt(subject, "submission")] : []),
    ]);
    if (tried.length === 0) throw new NotApplicable("Neither port 465 nor port 587 is open.");
    const bad = (["relays", "takes its own"] as const).flatMap((verdict) =>
      tried.filter((one) => one.verdict === verdict),
    );
    const [worst] = bad;
    if (worst) {
      const evidence = (what: string) => [`${nameOf(worst.host)} ${what}`, ...worst.transcript].join("\n");
      return worst.verdict === "relays"
        ? failed(
            evidence("takes mail for other domains without a login: it is an open relay."),
            "Refuse whoever has not logged in: in Postfix smtpd_relay_restrictions=permit_sasl_authenticated,reject for `submissions` and `submission`. Close the ports until then.",
          )
        : warning(
            evidence("takes mail for its own users without a login, past what filters port 25."),
            "Refuse whoever has not logged in: in Postfix smtpd_client_restrictions=permit_sasl_authenticated,reject for `submissions` and `submission`.",
          );
    }
    const unclear = tried.find(({ verdict }) => verdict === "unclear");
    if (unclear)
      throw new CannotCheck(
        [`${nameOf(unclear.host)} puts this client off.`, ...unclear.transcript.slice(-6)].join("\n"),
        "Run it again in some minutes.",
      );
    return passed(
      tried.map(({ host, transcript }) => `${nameOf(host)} refuses: ${transcript.at(-1)}`).join("\n"),
    );
  },
};

async function attempt(
  subject: Subject,
  service: "submissions" | "submission",
): Promise<Attempt & { readonly host: AccessHost }> {
  const host = await accessHost(subject, service);
  const implicitTls = service === "submissions";
  const smtp = await openSmtp(subject, host, implicitTls ? { implicitTls: host.name } : {});
  try {
    const offersTls = (await smtp.ehlo()).has("STARTTLS");
    if (implicitTls || !offersTls) return { host, ...(await attemptMail(smtp, subject.domain)) };
    const secured = await smtp.startTls(host.name);
    await secured.ehlo();
    return { host, ...(await attemptMail(secured, subject.domain)) };
  } finally {
    smtp.close();
  }
}
