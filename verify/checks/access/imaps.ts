import { nameOf, openDoors } from "../../access/doors";
import { imapsHello, plainGreeting } from "../../access/hello";
import { type AccessHost, accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { type Finding, failed, NotApplicable, passed } from "../../outcome";
import type { Subject } from "../../subject";
import { HandshakeFailed } from "../../tls/connect";

export const accessImaps: Check = {
  id: "access-imaps",
  title: "Users read mail on 993, over TLS from the start",
  asks: "Whether mail programs can reach the mailboxes by IMAP on port 993, where nothing is said before TLS.",
  source: "RFC 8314 section 3.2",
  severity: "high",
  run: async (subject) => {
    const host = await accessHost(subject, "imaps");
    const { imaps } = await openDoors(subject);
    if (imaps === "open") return login(subject, host);
    if (host.withdrawn)
      throw new NotApplicable(`${subject.domain} says by an SRV record that it offers no IMAP over TLS.`);
    if (imaps === "silent") await imapsHello(subject);
    return failed(
      `${nameOf(host)} is closed: nobody can read mail there.`,
      `Start the IMAP server on port 993 and open it in the firewall; if there is no IMAP, say so: _imaps._tcp.${subject.domain}. SRV 0 0 0 .`,
    );
  },
};

async function login(subject: Subject, host: AccessHost): Promise<Finding> {
  try {
    const { capabilities, transcript } = await imapsHello(subject);
    const ways = [...capabilities].filter((name) => name.startsWith("AUTH="));
    if (ways.length === 0 && capabilities.has("LOGINDISABLED"))
      return failed(
        [`${nameOf(host)} takes no login, though it is over TLS.`, ...transcript].join("\n"),
        "Switch a mechanism on (in Dovecot auth_mechanisms = plain login) and see that the connection counts as secure behind a proxy.",
      );
    return passed(`${nameOf(host)} takes logins over TLS: ${ways.join(" ") || "LOGIN"}.`);
  } catch (error) {
    if (!(error instanceof HandshakeFailed)) throw error;
    const line = await plainGreeting(subject, host, /^\* (OK|PREAUTH)\b/i);
    if (line === undefined) throw error;
    return failed(
      `${nameOf(host)} greets without TLS: ${line}`,
      "Let TLS come first on port 993 (in Dovecot ssl = yes in the inet_listener imaps).",
    );
  }
}
