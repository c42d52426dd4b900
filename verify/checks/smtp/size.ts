import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { everyAddress, label } from "../../smtp/every-host";
import { hello } from "../../smtp/hello";

/** What people expect to get through: attachments of 7 MB, a third more in base64 (RFC 2045 section 6.8). Postfix's default is a little more. */
const least = 10_000_000;

export const smtpSize: Check = {
  id: "smtp-size",
  title: "The size limit is told, and is no obstacle",
  asks: "Whether the server tells the largest message that it takes, so that a sender learns it before sending, and whether that is at least 10 MB.",
  source: "RFC 1870 section 4",
  severity: "low",
  run: (subject) =>
    everyAddress(subject, async (host) => {
      const { keywords, secured } = await hello(subject, host);
      const parameters = (secured?.keywords ?? keywords).get("SIZE");
      const remedy = "Set a limit of 10 to 50 MiB and announce it (Postfix: message_size_limit = 52428800).";
      if (!parameters)
        return warning(`${label(host)} does not tell a size limit: there is no SIZE in its EHLO.`, remedy);
      const [limit = ""] = parameters;
      // SIZE alone, or 0, is no fixed limit (RFC 1870 sections 4 and 5).
      if (limit === "" || Number(limit) === 0) return passed(`${label(host)} has no fixed size limit.`);
      if (!/^\d{1,20}$/.test(limit))
        return warning(
          `${label(host)} tells a size limit that is no number: SIZE ${parameters.join(" ")}`,
          remedy,
        );
      if (Number(limit) < least)
        return warning(`${label(host)} takes messages of at most ${limit} octets, less than 10 MB.`, remedy);
      return passed(`${label(host)} takes messages of up to ${limit} octets.`);
    }),
};
