import { accountCheck } from "../../account/account-check";
import { delivery } from "../../account/delivery";
import { type Field, fieldsOf } from "../../account/header";
import type { Check } from "../../check";
import { passed, warning } from "../../outcome";

/** What webmailers and servers add of the client. */
const telling = /^(x-originating-ip|x-client-ip|x-sender-ip|x-source-ip|x-remote-ip|x-mailer|user-agent)$/;

export const accountHeaders: Check = accountCheck({
  id: "account-headers",
  title: "Sent mail does not tell where its sender is",
  asks: "Whether what users send keeps their address and their mail program to itself. The address tells every recipient where the sender is.",
  source: "RFC 5321 section 7.6",
  severity: "low",
  run: async (subject) => {
    const { source, clientAddress } = await delivery(subject);
    const found = fieldsOf(source).filter((field) => tells(field, clientAddress));
    if (found.length === 0)
      return passed("The message that arrived has neither the client's address nor its program in it.");
    return warning(
      [
        "The message that arrived tells of the client.",
        ...found.map(({ name, value }) => `${name}: ${value}`),
      ].join("\n"),
      "Remove it on submission: in Postfix header_checks of a cleanup service for `submissions` and `submission`, `/^Received:.*with ESMTPSA/ IGNORE` and `/^(User-Agent|X-Mailer|X-Originating-IP):/ IGNORE`.",
    );
  },
});

/** An address in the trace field of a login (RFC 3848: the A in ESMTPSA), or the one that this machine knows to be its own. */
function tells({ name, value }: Field, clientAddress: string): boolean {
  if (telling.test(name)) return true;
  if (name !== "received") return false;
  const login = /\bwith\s+e?smtps?a\b/i.test(value) && /\[(?=[a-f.:]*\d)[0-9a-f.:]+\]|\[ipv6:/i.test(value);
  const loopback = /^(127\.|::1$|::ffff:127\.)/.test(clientAddress);
  return login || (!loopback && clientAddress !== "" && value.includes(`[${clientAddress}]`));
}
