import type { Check } from "../../check";
import { addressesOf } from "../../mail-hosts";
import { CannotCheck, failed, passed, warning } from "../../outcome";
import { everyAddress, label, type SmtpHost } from "../../smtp/every-host";
import { hello } from "../../smtp/hello";
import { said } from "../../smtp/reply";
import { openSmtp } from "../../smtp/session";
import type { Subject } from "../../subject";

const fullName = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i;

export const smtpEhlo: Check = {
  id: "smtp-ehlo",
  title: "The host's name in EHLO leads back to it",
  asks: "Whether the name in the reply to EHLO is a full one that resolves to the address that was asked. Servers mostly send by the same name, and receivers refuse one that does not resolve.",
  source: "RFC 5321 sections 2.3.5 and 4.1.1.1",
  severity: "medium",
  run: (subject) =>
    everyAddress(subject, async (host) => {
      const refused = await refusal(subject, host);
      if (refused)
        return failed(
          `${label(host)} does not know EHLO, so there is neither TLS nor any other extension.\nEHLO: ${refused}`,
          "Update the mail server, or switch off the SMTP inspection of the firewall before it.",
        );
      const { ehloName } = await hello(subject, host);
      const name = ehloName.replace(/\.$/, "");
      const remedy = `Let the server call itself by a full name that has the address record ${host.address} (Postfix: myhostname = ${host.name}).`;
      if (!fullName.test(name) || /\.\d+$/.test(name))
        return warning(
          `${label(host)} calls itself ${JSON.stringify(ehloName)} in EHLO, which is no full host name.`,
          remedy,
        );
      const addresses = await addressesOf(subject, name);
      if (addresses.includes(host.address))
        return passed(`${label(host)} calls itself ${name}, which resolves to ${host.address}.`);
      return warning(
        `${label(host)} calls itself ${name} in EHLO, which resolves to ${addresses.join(", ") || "nothing"}.`,
        `${remedy} Or publish ${name}. A ${host.address}`,
      );
    }),
};

/** @returns what the server says to EHLO, if that is that it does not know it */
async function refusal(subject: Subject, host: SmtpHost): Promise<string | undefined> {
  try {
    await hello(subject, host);
    return undefined;
  } catch (error) {
    // Only a server that has answered is worth asking again; a slow one has cost 10 s already.
    if (!(error instanceof CannotCheck && /refused EHLO/.test(error.message))) throw error;
    const session = await openSmtp(subject, { address: host.address, port: 25 });
    try {
      const reply = await session.command("EHLO verify.invalid");
      if (reply.code === 500 || reply.code === 502) return said(reply);
      throw error;
    } finally {
      session.close();
    }
  }
}
