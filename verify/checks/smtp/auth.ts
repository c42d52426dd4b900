import type { Check } from "../../check";
import { failed, passed, warning } from "../../outcome";
import { everyAddress, label } from "../../smtp/every-host";
import { hello } from "../../smtp/hello";

/** Mechanisms that send the password itself (RFC 4616; LOGIN has no standard, only drafts). */
const readable = ["PLAIN", "LOGIN"];

export const smtpAuth: Check = {
  id: "smtp-auth",
  title: "No login on port 25 outside TLS",
  asks: "Whether a mail host offers AUTH on port 25 before TLS. A password that a client sends there can be read on the way.",
  source: "RFC 4954 section 4",
  severity: "high",
  run: (subject) =>
    everyAddress(subject, async (host) => {
      const { keywords, secured } = await hello(subject, host);
      // Ancient clients know it with an equals sign, so some servers say it twice.
      const mechanisms = [...keywords]
        .filter(([keyword]) => keyword === "AUTH" || keyword.startsWith("AUTH="))
        .flatMap(([keyword, parameters]) => [...keyword.split("=").slice(1), ...parameters])
        .map((mechanism) => mechanism.toUpperCase());
      const remedy =
        "Offer logins on ports 465 and 587 only, and there inside TLS only (Postfix: smtpd_sasl_auth_enable = no in main.cf, yes for the submission services in master.cf, smtpd_tls_auth_only = yes).";
      const seen = `AUTH ${[...new Set(mechanisms)].join(" ")}`.trim();
      if (mechanisms.some((mechanism) => readable.includes(mechanism)))
        return failed(`${label(host)} offers ${seen} on port 25 before TLS.`, remedy);
      if (mechanisms.length > 0)
        return warning(
          `${label(host)} offers ${seen} on port 25 before TLS, though no mechanism that sends the password itself.`,
          remedy,
        );
      if (secured?.keywords.has("AUTH"))
        return passed(`${label(host)} offers AUTH on port 25 inside TLS only.`);
      return passed(`${label(host)} offers no AUTH on port 25.`);
    }),
};
