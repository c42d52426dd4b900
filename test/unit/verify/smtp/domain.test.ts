import { smtpDomain } from "../../../../verify/checks/smtp/domain";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { at, backupHost, mailHost, secureMailHost } from "./support/world";

const denies = { recipient: () => "554 5.7.1 Relay access denied" };

describeCheck(smtpDomain, [
  {
    when: "the host takes its mail",
    world: mailHost(),
    outcome: "passed",
    evidence: /postmaster@example\.com/,
  },
  {
    when: "the host has another name for it",
    world: mailHost({ recipient: () => "550 Unrouteable address" }),
    outcome: "passed",
    evidence: /none of the addresses/,
  },
  {
    when: "the host takes the domain for a stranger's",
    world: mailHost(denies),
    outcome: "failed",
    evidence:
      /^mx\.example\.com .*does not take mail for example\.com\.\nRCPT TO:<postmaster@example\.com>: 554 5\.7\.1/,
    remedy: /virtual_mailbox_domains/,
  },
  {
    when: "the host defers strangers' mail, as Debian's default has it, and the domain is one",
    world: mailHost({ recipient: () => "454 4.7.1 Relay access denied" }),
    outcome: "failed",
  },
  {
    when: "the second mail host was forgotten",
    world: backupHost(denies),
    outcome: "failed",
    evidence: /^backup/,
  },
  {
    when: "the account's own address is refused",
    world: async () => ({
      ...at(await smtpServer({ recipient: () => "550 5.1.1 User unknown" })),
      account: { user: "alice@example.com", password: "secret" },
    }),
    outcome: "failed",
    evidence: /alice@example\.com/,
  },
  {
    when: "the host takes mail inside TLS only",
    world: secureMailHost({
      override: (command, { secure }) =>
        command.startsWith("MAIL") && !secure ? "530 5.7.0 Must issue a STARTTLS command first" : undefined,
    }),
    outcome: "warning",
    evidence: /inside TLS only/,
    remedy: /smtpd_tls_security_level = may/,
  },
  {
    when: "a block list has this client",
    world: mailHost({
      recipient: () =>
        "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org",
    }),
    outcome: "not-checked",
    evidence: /refuses this client.*\n.*spamhaus/,
  },
  {
    when: "strangers are greylisted",
    world: mailHost({ recipient: () => "450 4.2.0 Greylisted, try again in 300 seconds" }),
    outcome: "not-checked",
    evidence: /Greylisted/,
    remedy: /again/,
  },
  { when: "nothing listens", world: () => at("refused"), outcome: "not-applicable" },
]);
