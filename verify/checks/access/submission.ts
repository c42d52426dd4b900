import { closed, nameOf, openDoors } from "../../access/doors";
import { mechanisms, submissionHello } from "../../access/hello";
import { accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { failed, NotApplicable, passed } from "../../outcome";

export const accessSubmission: Check = {
  id: "access-submission",
  title: "Port 587 begins TLS with STARTTLS",
  asks: "Whether port 587, where it is open, offers STARTTLS and after it a login. Older mail programs use it; it may be closed where 465 works.",
  source: "RFC 6409 section 4.3, RFC 8314 section 3.3",
  severity: "high",
  run: async (subject) => {
    const host = await accessHost(subject, "submission");
    const { submission } = await openDoors(subject);
    // That nothing works is told by access-submissions.
    if (submission !== "open")
      throw new NotApplicable(`${nameOf(host)} ${closed(submission)}; port 465 is the one to have.`);
    const { secured, transcript } = await submissionHello(subject);
    if (!secured)
      return failed(
        [`${nameOf(host)} does not offer STARTTLS.`, ...transcript].join("\n"),
        "Give the service a certificate and require TLS (in Postfix smtpd_tls_security_level=encrypt for `submission`), or close port 587.",
      );
    const offered = mechanisms(secured);
    if (offered.length === 0)
      return failed(
        [
          `${nameOf(host)} offers no login after STARTTLS: there is no AUTH in its reply to EHLO.`,
          ...transcript,
        ].join("\n"),
        "Switch logins on for the service (in Postfix smtpd_sasl_auth_enable=yes) and see that the socket of the authentication server is there.",
      );
    return passed(`${nameOf(host)} offers STARTTLS, and after it AUTH ${offered.join(" ")}.`);
  },
};
