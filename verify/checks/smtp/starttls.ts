import type { Check } from "../../check";
import { failed, passed } from "../../outcome";
import { everyAddress, label } from "../../smtp/every-host";
import { hello } from "../../smtp/hello";

/** What tls-versions and tls-key-exchange fail for: the server's TLS is there, and too old or too weak. */
const elsewhere = /alert protocol version|unsupported protocol|dh key too small/;

export const smtpStarttls: Check = {
  id: "smtp-starttls",
  title: "Mail can come in encrypted",
  asks: "Whether each mail host offers STARTTLS and TLS then begins. Without it everybody on the way reads the mail, and big receivers mark it.",
  source: "RFC 3207 section 4",
  severity: "high",
  run: (subject) =>
    everyAddress(subject, async (host) => {
      const { keywords, secured, tlsError, tlsUnknown, transcript } = await hello(subject, host);
      if (!keywords.has("STARTTLS"))
        return failed(
          [`${label(host)} does not offer STARTTLS.`, ...transcript.slice(0, 20)].join("\n"),
          `Give the server a certificate for ${host.name} and switch TLS on (Postfix: smtpd_tls_security_level = may, smtpd_tls_chain_files = key, certificate).`,
        );
      if (tlsUnknown) throw tlsUnknown;
      if (!secured && elsewhere.test(tlsError ?? ""))
        return passed(
          `${label(host)} offers STARTTLS; that this client can't agree with it the checks of TLS tell.\n${tlsError}`,
        );
      if (!secured)
        return failed(
          `${label(host)} offers STARTTLS, and no TLS comes of it.\n${tlsError}`,
          "Look at the server's log for this connection: most often the key or the certificate can't be read, or they do not belong together.",
        );
      return passed(`${label(host)} offers STARTTLS and speaks ${secured.protocol}.`);
    }),
};
