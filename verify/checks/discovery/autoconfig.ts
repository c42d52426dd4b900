import type { Check } from "../../check";
import { judgeSettings } from "../../discovery/judge";
import { searchWeb } from "../../discovery/search";
import { parseAutoconfig } from "../../discovery/settings";
import { mailHosts } from "../../mail-hosts";
import { warning } from "../../outcome";

export const discoveryAutoconfig: Check = {
  id: "discovery-autoconfig",
  title: "Thunderbird finds the domain's settings",
  asks: "Whether there is a file of settings where Thunderbird and many other mail programs look for it, and the servers in it can be used, over TLS.",
  source: "draft-ietf-mailmaint-autoconfig",
  severity: "low",
  run: async (subject) => {
    const { domain } = subject;
    const [host] = await mailHosts(subject);
    // Mail programs give the user's address along; some servers answer nothing without one.
    const query = `?emailaddress=${encodeURIComponent(`postmaster@${domain}`)}`;
    const places = [
      `https://autoconfig.${domain}/mail/config-v1.1.xml`,
      `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
    ];
    const urls = places.map((place) => place + query);
    const found = await searchWeb(subject, urls, {}, ({ status, body }) =>
      status === 200 ? parseAutoconfig(body, domain) : undefined,
    );
    if ("complaints" in found) {
      if (found.unasked) throw found.unasked;
      return warning(
        [`${domain} has no file of settings for Thunderbird.`, ...found.complaints].join("\n"),
        `Serve a clientConfig file at ${places[0]}, with a trusted certificate, that names ${host?.name} with port 993 (imap) and 465 (smtp), both with socketType SSL.`,
      );
    }
    return judgeSettings(
      subject,
      found.answer,
      found.content,
      "Name servers in the file that listen, with socketType SSL (993, 465) or STARTTLS (143, 587).",
    );
  },
};
