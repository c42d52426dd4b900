import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { directory } from "../../smtp/directory";
import { everyHost, label } from "../../smtp/every-host";
import { said } from "../../smtp/reply";

export const smtpExpn: Check = {
  id: "smtp-expn",
  title: "EXPN tells strangers nothing",
  asks: "Whether the server tells whoever asks who is behind an alias or on a mailing list.",
  source: "RFC 5321 sections 3.5.2 and 7.3",
  severity: "low",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const { EXPN } = await directory(subject, host);
      const seen = `EXPN postmaster@${subject.domain}: ${said(EXPN)}`;
      if (EXPN.code === 250)
        return warning(
          `${label(host)} tells whoever asks who is behind an alias.\n${seen}`,
          "Switch it off (Exim: no acl_smtp_expn that accepts; Sendmail: PrivacyOptions with noexpn; Postfix does not have it).",
        );
      return passed(`${label(host)} expands no alias. ${seen}`);
    }),
};
