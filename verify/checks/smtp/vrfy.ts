import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { directory } from "../../smtp/directory";
import { everyHost, label } from "../../smtp/every-host";
import { said } from "../../smtp/reply";

export const smtpVrfy: Check = {
  id: "smtp-vrfy",
  title: "VRFY tells strangers nothing",
  asks: "Whether the server confirms an address to whoever asks. 252, which confirms nothing, and a refusal are both right.",
  source: "RFC 5321 sections 3.5.3 and 7.3",
  severity: "low",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const { VRFY } = await directory(subject, host);
      const seen = `VRFY postmaster@${subject.domain}: ${said(VRFY)}`;
      if (VRFY.code === 250 || VRFY.code === 251)
        return warning(
          `${label(host)} confirms addresses to whoever asks.\n${seen}`,
          "Switch it off (Postfix: disable_vrfy_command = yes; Exim: no acl_smtp_vrfy that accepts; Sendmail: PrivacyOptions with novrfy).",
        );
      return passed(`${label(host)} confirms no address. ${seen}`);
    }),
};
