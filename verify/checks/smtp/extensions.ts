import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { everyAddress, label } from "../../smtp/every-host";
import { hello } from "../../smtp/hello";

/** SIZE and STARTTLS have checks of their own; ENHANCEDSTATUSCODES (RFC 2034) is not to be had from every server. */
const wanted = new Map([
  ["8BITMIME", "mail with 8-bit content is encoded anew on the way, which breaks signatures"],
  ["PIPELINING", "every command costs a round trip"],
]);
const told = ["ENHANCEDSTATUSCODES", "DSN", "SMTPUTF8", "CHUNKING", "REQUIRETLS"];

export const smtpExtensions: Check = {
  id: "smtp-extensions",
  title: "The usual extensions of SMTP are offered",
  asks: "Whether 8BITMIME and PIPELINING are offered, both Internet Standards for decades. Filters that sit before a server like to take them away.",
  source: "RFC 6152 section 2, RFC 2920 section 2",
  severity: "low",
  run: (subject) =>
    everyAddress(subject, async (host) => {
      const { keywords, secured } = await hello(subject, host);
      const offered = secured?.keywords ?? keywords;
      const missing = [...wanted].filter(([keyword]) => !offered.has(keyword));
      if (missing.length > 0)
        return warning(
          [
            `${label(host)} does not offer ${missing.map(([keyword]) => keyword).join(" and ")}.`,
            ...missing.map(([keyword, harm]) => `Without ${keyword} ${harm}.`),
          ].join("\n"),
          "Switch it on (Postfix: smtpd_discard_ehlo_keywords without it), or switch off the SMTP inspection of the firewall before the server.",
        );
      const more = told.filter((keyword) => offered.has(keyword));
      return passed(`${label(host)} offers ${[...wanted.keys(), ...more].join(", ")}.`);
    }),
};
