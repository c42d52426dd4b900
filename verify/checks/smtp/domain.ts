import type { Check } from "../../check";
import { failed, passed, warning } from "../../outcome";
import { everyHost, label } from "../../smtp/every-host";
import { nobody, recipients } from "../../smtp/recipients";
import { said, undecided, verdict } from "../../smtp/reply";
import type { Reply } from "../../smtp/session";

export const smtpDomain: Check = {
  id: "smtp-domain",
  title: "Every mail host takes the domain's mail",
  asks: "Whether each MX host knows the domain as one that it receives mail for. One that takes it for a stranger's refuses all of its mail; one that wants TLS first, which the standard forbids on a public host, refuses some.",
  source: "RFC 5321 section 5.1, RFC 3207 section 4",
  severity: "critical",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const { domain, account } = subject;
      const known = await recipients(subject, host);
      const own = [`postmaster@${domain}`, `abuse@${domain}`, ...(account ? [account.user] : [])];
      const replies: { recipient: string; reply: Reply }[] = [];
      for (const recipient of [...own, `${nobody(domain)}@${domain}`]) {
        const reply = known.to(recipient);
        if (verdict(reply) === "accepted")
          return known.tls
            ? warning(
                `${label(host)} takes mail for ${recipient}, but inside TLS only.`,
                "Let STARTTLS be offered and not required on port 25, or senders that can't do TLS, or not with this server, lose their mail (Postfix: smtpd_tls_security_level = may).",
              )
            : passed(`${label(host)} takes mail for ${recipient}.`);
        replies.push({ recipient, reply });
      }
      const open = replies.find(({ reply }) => ["client", "later"].includes(verdict(reply)));
      if (open) throw undecided(host, `RCPT TO:<${open.recipient}>`, open.reply);
      const lines = replies.map(({ recipient, reply }) => `RCPT TO:<${recipient}>: ${said(reply)}`);
      if (account || replies.some(({ reply }) => verdict(reply) === "no-relay"))
        return failed(
          [`${label(host)} does not take mail for ${domain}.`, ...lines].join("\n"),
          `Add ${domain} to the domains that the server receives mail for (Postfix: virtual_mailbox_domains or mydestination), or take ${host.name} out of the MX records.`,
        );
      return passed(
        [`${label(host)} knows ${domain}, and none of the addresses that it was asked for.`, ...lines].join(
          "\n",
        ),
      );
    }),
};
