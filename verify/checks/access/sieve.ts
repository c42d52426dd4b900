import { nameOf } from "../../access/doors";
import { accessHost } from "../../access-hosts";
import type { Check } from "../../check";
import { Unreachable } from "../../network";
import { failed, NotApplicable, passed, warning } from "../../outcome";
import { probePort } from "../../probe";
import { openSieve, type SieveSession } from "../../sieve/session";
import type { Subject } from "../../subject";

export const accessSieve: Check = {
  id: "access-sieve",
  title: "Filters are edited over TLS (ManageSieve, 4190)",
  asks: "Whether port 4190, where it is open, offers STARTTLS and takes logins only after it. It takes the same password as the mailbox.",
  source: "RFC 5804 section 2.1",
  severity: "high",
  run: async (subject) => {
    const host = await accessHost(subject, "sieve");
    const sieve = await open(subject, host);
    try {
      const { capabilities } = sieve;
      const evidence = (what: string, { talk }: SieveSession) =>
        [`${nameOf(host)} ${what}`, ...talk.transcript].join("\n");
      const plain = capabilities.get("SASL") ?? "";
      if (/\b(PLAIN|LOGIN)\b/i.test(plain))
        return failed(
          evidence(`takes passwords before TLS: SASL ${plain}.`, sieve),
          "Take logins only after STARTTLS: in Dovecot 2.4 auth_allow_cleartext = no, in 2.3 disable_plaintext_auth = yes.",
        );
      if (!capabilities.has("STARTTLS"))
        return warning(
          evidence("offers no STARTTLS, so nobody can log in safely.", sieve),
          "Give the service a certificate (in Dovecot ssl = required), or close port 4190.",
        );
      const secured = await sieve.startTls(host.name);
      secured.close();
      const offered = secured.capabilities.get("SASL") ?? "";
      if (offered === "")
        return warning(
          evidence("offers no login after STARTTLS.", secured),
          "Switch a mechanism on (in Dovecot auth_mechanisms = plain login), or close port 4190.",
        );
      return passed(`${nameOf(host)} takes logins only after STARTTLS: SASL ${offered}.`);
    } finally {
      sieve.close();
    }
  },
};

async function open(subject: Subject, host: Awaited<ReturnType<typeof accessHost>>): Promise<SieveSession> {
  try {
    await probePort(subject, host);
    return await openSieve(subject, host);
  } catch (error) {
    if (error instanceof Unreachable) throw new NotApplicable(`ManageSieve is not offered: ${error.message}`);
    throw error;
  }
}
