import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { directory } from "../../smtp/directory";
import { everyHost, label } from "../../smtp/every-host";
import { said } from "../../smtp/reply";

export const smtpVrfy: Check = {
  id: "smtp-vrfy",
  title: "VRFY tells strangers nothing",
  asks: "Whether the server tells whoever asks which addresses exist. A refusal is right, and so is 252 for every address, which confirms nothing.",
  source: "RFC 5321 sections 3.5.3 and 7.3",
  severity: "low",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const { VRFY, nobodysVRFY } = await directory(subject, host);
      const seen = `VRFY postmaster@${subject.domain}: ${said(VRFY)}`;
      const tells = VRFY.code === 252 && nobodysVRFY.code >= 500;
      if (VRFY.code === 250 || VRFY.code === 251 || tells)
        return warning(
          [
            `${label(host)} tells whoever asks which addresses exist.`,
            seen,
            ...(tells ? [`VRFY of an address that nobody has: ${said(nobodysVRFY)}`] : []),
          ].join("\n"),
          "Switch it off (Postfix: disable_vrfy_command = yes; Exim: no acl_smtp_vrfy that accepts; Sendmail: PrivacyOptions with novrfy).",
        );
      return passed(`${label(host)} confirms no address. ${seen}`);
    }),
};
