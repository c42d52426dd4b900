import { nameOf } from "../../access/doors";
import { openPlain } from "../../access/plain";
import { accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { failed, passed } from "../../outcome";
import { openPop } from "../../pop/session";

export const accessPopPlain: Check = {
  id: "access-pop-plain",
  title: "No password in plain text on 110",
  asks: "Whether port 110 is closed, or refuses logins before STLS. Else passwords can be read on the way.",
  source: "RFC 2595 section 2.3, RFC 8314 section 4.1",
  severity: "high",
  run: async (subject) => {
    const host = await accessHost(subject, "pop3");
    const pop = await openPlain(subject, host, () => openPop(subject, host));
    if ("closed" in pop) return passed(pop.closed);
    try {
      const capabilities = await pop.capabilities();
      const offered = capabilities.filter((line) => /^(USER\b|SASL\b.*\b(PLAIN|LOGIN)\b)/.test(line));
      const takes = offered.length > 0 || (await pop.user("postmaster"));
      const evidence = (what: string) => [`${nameOf(host)} ${what}`, ...pop.talk.transcript].join("\n");
      if (!takes) return passed(evidence("refuses logins before STLS."));
      return failed(
        evidence(
          offered.length > 0
            ? `offers ${offered.join(" and ")} before TLS.`
            : "takes a user's name before TLS.",
        ),
        "Close port 110, or take logins only after STLS: in Dovecot 2.4 auth_allow_cleartext = no, in 2.3 disable_plaintext_auth = yes.",
      );
    } finally {
      pop.close();
    }
  },
};
