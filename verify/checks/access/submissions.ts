import { closed, type Doors, doors, nameOf } from "../../access/doors";
import { mechanisms, plainGreeting, submissionHello, submissionsHello } from "../../access/hello";
import { type AccessHost, accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { type Finding, failed, NotApplicable, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";
import { HandshakeFailed } from "../../tls/connect";

export const accessSubmissions: Check = {
  id: "access-submissions",
  title: "Users submit mail on 465, over TLS from the start",
  asks: "Whether mail programs can hand in mail on port 465, where nothing is said before TLS. The check also tells where no port for users is open at all.",
  source: "RFC 8314 section 3.3",
  severity: "high",
  run: async (subject) => {
    const host = await accessHost(subject, "submissions");
    const seen = await doors(subject);
    if (seen.submissions === "open") return login(subject, host);
    if (seen.noSubmission)
      throw new NotApplicable(`${subject.domain} says by SRV records that it offers no submission.`);
    if (seen.submission === "open")
      return warning(
        `${nameOf(host)} ${closed(seen.submissions)}; submission works only on port 587, where TLS begins late.`,
        "Serve submission with TLS from the start on port 465 too (in Postfix the service `submissions` of master.cf, with smtpd_tls_wrappermode=yes) and open it in the firewall.",
      );
    // Both hold a time-out against this machine's line as much as against the server.
    if (seen.submissions === "silent") await submissionsHello(subject);
    if (seen.submission === "silent") await submissionHello(subject);
    return nothingOpen(subject, host, seen);
  },
};

async function login(subject: Subject, host: AccessHost): Promise<Finding> {
  try {
    const { secured = new Map(), transcript } = await submissionsHello(subject);
    const offered = mechanisms(secured);
    if (offered.length > 0)
      return passed(`${nameOf(host)} offers a login over TLS: AUTH ${offered.join(" ")}.`);
    return failed(
      [
        `${nameOf(host)} offers no login over TLS: there is no AUTH in its reply to EHLO.`,
        ...transcript,
      ].join("\n"),
      "Switch logins on for the service (in Postfix smtpd_sasl_auth_enable=yes) and see that the socket of the authentication server is there.",
    );
  } catch (error) {
    if (!(error instanceof HandshakeFailed)) throw error;
    const line = await plainGreeting(subject, host, /^220[ -]/);
    if (line === undefined) throw error;
    return failed(
      `${nameOf(host)} greets without TLS: ${line}`,
      "Let TLS come first on port 465 (in Postfix smtpd_tls_wrappermode=yes for the service `submissions`).",
    );
  }
}

function nothingOpen(subject: Subject, host: AccessHost, seen: Doors): Finding {
  const evidence = `${nameOf(host)} is closed, and so is port 587: nobody can hand in mail there.`;
  if (seen.anyOpen || seen.meant)
    return failed(
      evidence,
      "Start the services for submission on ports 465 and 587 and open both in the firewall; if users belong elsewhere, say so: " +
        `_submissions._tcp.${subject.domain}. SRV 0 1 465 <the host>.`,
    );
  return warning(
    `${evidence} Port 993 is closed too, so this host may be for incoming mail only, and nothing says where users log in.`,
    `Say where users log in: _submissions._tcp.${subject.domain}. SRV 0 1 465 <the host>. and _imaps._tcp.${subject.domain}. SRV 0 1 993 <the host>.`,
  );
}
