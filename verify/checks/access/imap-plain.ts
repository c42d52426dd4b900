import { nameOf } from "../../access/doors";
import { openPlain } from "../../access/plain";
import { accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { openImap } from "../../imap/session";
import { failed, passed } from "../../outcome";

const remedy =
  "Close port 143, or take logins only after STARTTLS: in Dovecot 2.4 auth_allow_cleartext = no, in 2.3 disable_plaintext_auth = yes.";

export const accessImapPlain: Check = {
  id: "access-imap-plain",
  title: "No password in plain text on 143",
  asks: "Whether port 143 is closed, or refuses logins before STARTTLS and says so (LOGINDISABLED). Else passwords can be read on the way.",
  source: "RFC 9051 section 6.2.3, RFC 8314 section 4.1",
  severity: "high",
  run: async (subject) => {
    const host = await accessHost(subject, "imap");
    const imap = await openPlain(subject, host, () => openImap(subject, host));
    if ("closed" in imap) return passed(imap.closed);
    try {
      if (imap.greeting === "BYE") return passed(`${nameOf(host)} turns everyone away.`);
      const capabilities = imap.greeting === "OK" ? await imap.capabilities() : new Set<string>();
      const evidence = (what: string) => [`${nameOf(host)} ${what}`, ...imap.talk.transcript].join("\n");
      const plain = [...capabilities].filter((name) => /^AUTH=(PLAIN|LOGIN)$/.test(name));
      if (imap.greeting === "PREAUTH")
        return failed(
          evidence("takes a stranger as logged in."),
          "Close port 143 at once and look at what listens there.",
        );
      if (!capabilities.has("LOGINDISABLED"))
        return failed(evidence("takes passwords before TLS: no LOGINDISABLED."), remedy);
      if (plain.length > 0) return failed(evidence(`offers ${plain.join(" ")} before TLS.`), remedy);
      return passed(evidence("refuses logins before STARTTLS (LOGINDISABLED)."));
    } finally {
      imap.close();
    }
  },
};
