import { closed, nameOf, openDoors } from "../../access/doors";
import { mechanisms, submissionHello } from "../../access/hello";
import { accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { failed, NotApplicable, passed } from "../../outcome";
import { openSmtp } from "../../smtp/session";

const remedy =
  "Take no login before TLS on port 587: in Postfix smtpd_tls_security_level=encrypt or smtpd_tls_auth_only=yes for the service `submission`.";

export const accessSubmissionPlain: Check = {
  id: "access-submission-plain",
  title: "No password in plain text on 587",
  asks: "Whether the server refuses a login before STARTTLS. If it does not, a mail program that is set up wrongly sends its password for everyone on the way to read.",
  source: "RFC 4954 section 4, RFC 8314 section 4.1",
  severity: "high",
  run: async (subject) => {
    const host = await accessHost(subject, "submission");
    const { submission } = await openDoors(subject);
    if (submission !== "open") throw new NotApplicable(`${nameOf(host)} ${closed(submission)}.`);
    const { plain = new Map() } = await submissionHello(subject);
    const offered = mechanisms(plain);
    if (offered.length > 0)
      return failed(`${nameOf(host)} offers AUTH ${offered.join(" ")} before TLS.`, remedy);
    const smtp = await openSmtp(subject, host);
    try {
      await smtp.ehlo();
      // Without an initial response: no password is made up, and the server shows whether it would take one.
      const { code } = await smtp.command("AUTH PLAIN");
      const evidence = (what: string) =>
        [`${nameOf(host)} ${what}`, ...smtp.talk.transcript.slice(-2)].join("\n");
      if (code === 334) return failed(evidence("does not offer a login before TLS, and takes one."), remedy);
      return passed(evidence("neither offers nor takes a login before TLS."));
    } finally {
      smtp.close();
    }
  },
};
