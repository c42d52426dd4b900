import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { everyAddress, label } from "../../smtp/every-host";
import { hello } from "../../smtp/hello";

/** A domain or an address literal (RFC 5321 section 4.1.2). */
const identity = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+|\[[^\]\s]+\])$/i;
/**
 * Numbers with a point in them, after the host's name: "Postfix 3.7.11", "Exim 4.96", "8.17.1/8.17.1". The software's
 * name alone is what most servers say and tells nothing that its replies do not.
 */
const version = /\b\d{1,3}(?:\.\d{1,4}){1,3}\b(?!\.)/;
/** Exim says the time too, some servers their address. */
const notVersion = /\b\d{1,2}:\d{2}:\d{2}\b|\[?\b(?:\d{1,3}\.){3}\d{1,3}\b\]?/g;

/** Characters of a greeting that are looked at; more than any that means well has. */
const greetingLimit = 500;

export const smtpBanner: Check = {
  id: "smtp-banner",
  title: "The greeting names the host and no version",
  asks: "Whether the greeting begins with the host's name, as SMTP has it, and keeps the software's version to itself: a version tells whoever scans which holes to try.",
  source: "RFC 5321 sections 4.2 and 4.3.1",
  severity: "low",
  run: (subject) =>
    everyAddress(subject, async (host) => {
      const { greeting } = await hello(subject, host);
      const [first = "", ...rest] = greeting.lines;
      const [name = "", ...words] = first.trim().split(/\s+/);
      const seen = `220 ${first.slice(0, greetingLimit)}`;
      if (!identity.test(name))
        return warning(
          `The greeting of ${label(host)} does not begin with a host name: ${seen}`,
          `Let it begin with the host's full name (Postfix: smtpd_banner = $myhostname ESMTP, with myhostname = ${host.name}).`,
        );
      const found = versionIn([...words, ...rest].join(" ").slice(0, greetingLimit));
      if (found)
        return warning(
          `The greeting of ${label(host)} tells the software's version, ${found}: ${seen}`,
          `Leave it out (Postfix: smtpd_banner = $myhostname ESMTP; Exim: smtp_banner = $smtp_active_hostname ESMTP).`,
        );
      return passed(`${label(host)} greets with its name and no version: ${seen}`);
    }),
};

/** A version with the word before it. */
function versionIn(greeting: string): string | undefined {
  const text = greeting.replace(notVersion, "");
  const { 0: number, index = 0 } = version.exec(text) ?? {};
  if (!number) return undefined;
  const word = text.slice(0, index).trimEnd().split(/\s/).at(-1) ?? "";
  const separate = /\s$/.test(text.slice(0, index));
  return `${word}${separate ? " " : ""}${number}`.trim();
}
