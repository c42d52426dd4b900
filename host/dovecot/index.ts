import { lower } from "../addresses";
import { type HostPart, part, publicFile, secretFile } from "../bundle";
import type { AppPassword, HostDeclaration, MailboxDeclaration } from "../declaration";
import { letters } from "../letters";
import { messageSizeOf } from "../message-size";
import { paths } from "../paths";
import { asset, fill } from "../template";
import { tls12Ciphers } from "../tls";
import { needsVolume } from "../volume";

const configuration = asset(__dirname, "dovecot.conf");
const sieve = asset(__dirname, "sieve.conf");
const quota = asset(__dirname, "quota.conf");
const search = asset(__dirname, "search.conf");
const learn = asset(__dirname, "learn");

/** Fixed, because it is written on the data volume, which outlives the machine. */
const vmailUid = 5000;
const mail = `${paths.data}/mail`;
/** The mailboxes that may do nothing but submit. */
const sendOnlyFile = "/etc/dovecot/send-only";

const scripts = "/etc/dovecot/sieve";
const warnings = `${paths.programs}/quota-warning`;
const warning = `${warnings}/quota_warning.py`;
/**
 * Mail processes can't write there; without its compiled form each would compile a script for itself each time. With
 * the file named, because by default the configuration in force is asked.
 */
const compile = ["sievec", "-c", "/etc/dovecot/dovecot.conf", scripts] as const;
/** Dovecot makes these folders when it starts, and not when it reloads and finds a service that is new. */
const ownSockets = ["managesieve", "managesieve-login"]
  .map((service) => `d /run/dovecot/srv.${service} 0700 root root\n`)
  .join("");
/** Those whose words Debian's Dovecot can take to their stems, besides English. */
const languages = ["da", "de", "es", "fi", "fr", "it", "nl", "no", "pt", "ro", "ru", "sv", "tr"];

/** IMAP, ManageSieve, local delivery (LMTP) and the authentication that Postfix asks. */
export function renderDovecot(
  host: Pick<HostDeclaration, "mailboxes" | "quotaBytes" | "messageBytes">,
): HostPart {
  const { mailboxes, quotaBytes } = host;
  const layers = Math.max(1, ...mailboxes.map((mailbox) => passwordsOf(mailbox).length));
  const sendOnly = mailboxes
    .filter((mailbox) => mailbox.sendOnly)
    .map(({ address }) => `${lower(address)}:::::::\n`)
    .join("");
  return part("dovecot", {
    files: [
      publicFile(
        "/etc/dovecot/dovecot.conf",
        fill(configuration, {
          mail,
          uid: String(vmailUid),
          ciphers: tls12Ciphers,
          pair: paths.tlsPair,
          passwords: Array.from({ length: layers - 1 }, (_, i) => passdb(i + 1)).join(""),
          metricsAddress: paths.dovecotMetrics.split(":")[0] ?? "",
          metricsPort: paths.dovecotMetrics.split(":")[1] ?? "",
        }),
      ),
      publicFile("/etc/dovecot/sieve.conf", fill(sieve, { scripts, programs: `${paths.programs}/sieve` })),
      ...["spam", "learn-spam", "learn-ham"].map((name) =>
        publicFile(`${scripts}/${name}.sieve`, asset(__dirname, "sieve", `${name}.sieve`)),
      ),
      ...["spam", "ham"].map((lesson) => ({
        path: `${paths.programs}/sieve/learn-${lesson}`,
        content: fill(learn, { lesson: `learn_${lesson}` }),
        mode: "0755",
        owner: "root:root",
      })),
      publicFile(
        "/etc/dovecot/quota.conf",
        fill(quota, {
          quota: quotaBytes === undefined ? "unlimited" : `${quotaBytes} B`,
          messageSize: String(messageSizeOf(host)),
          warning: `/usr/bin/python3 -B ${warning}`,
        }),
      ),
      publicFile(warning, asset(__dirname, "quota_warning.py")),
      letters(warnings),
      publicFile(
        "/etc/dovecot/search.conf",
        fill(search, { languages: languages.map((name) => `language ${name} {\n}\n`).join("") }),
      ),
      secretFile("/etc/dovecot/users", mailboxes.map(passwdLine).join(""), "dovecot"),
      ...Array.from({ length: layers - 1 }, (_, i) => passwordFile(mailboxes, i + 1)),
      publicFile(sendOnlyFile, sendOnly),
      publicFile("/etc/sysusers.d/mailserver.conf", `u vmail ${vmailUid} "Mailboxes" ${mail}\n`),
      publicFile("/etc/tmpfiles.d/mailserver-dovecot.conf", ownSockets),
      needsVolume("dovecot.service"),
    ],
    // In the staged tree too, the compiler wants the user to exist.
    checks: [["doveconf", "-n"], ["systemd-sysusers", "mailserver.conf"], compile],
    prepare: [
      ["systemd-sysusers", "mailserver.conf"],
      compile,
      ["systemd-tmpfiles", "--create", "mailserver-dovecot.conf"],
    ],
    directories: [{ path: mail, mode: "0700", owner: "vmail:vmail" }],
    services: [{ unit: "dovecot.service", onChange: "reload" }],
    ports: [
      { port: 993, tls: true, greeting: "* OK" },
      { port: 4190, tls: false, greeting: '"IMPLEMENTATION"' },
    ],
  });
}

/**
 * As in passwd(5); Dovecot compares names in lower case. Numbers and home are the same for all and left empty. The
 * first of a mailbox's passwords is here, and each further one in a file of its own: a file has one line a user.
 */
function passwdLine(mailbox: MailboxDeclaration): string {
  return passwdOf(mailbox, passwordsOf(mailbox)[0]);
}

/** The login's line in the log tells which of the passwords it was. */
function passwdOf(
  { address, displayName = "", quotaBytes }: MailboxDeclaration,
  { name, passwordHash = "" }: Partial<AppPassword> = {},
) {
  const extra = [
    ...(name === undefined ? [] : [`app=${name}`]),
    ...(quotaBytes === undefined ? [] : [`userdb_quota_storage_size=${quotaBytes}B`]),
  ];
  return `${lower(address)}:${passwordHash}:::${displayName}:::${extra.join(" ")}\n`;
}

function passwordFile(mailboxes: readonly MailboxDeclaration[], layer: number) {
  const lines = mailboxes.flatMap((mailbox) => {
    const password = passwordsOf(mailbox)[layer];
    return password ? passwdOf(mailbox, password) : [];
  });
  return secretFile(`/etc/dovecot/passwords-${layer}`, lines.join(""), "dovecot");
}

/** Asked when the password is none of those before it. */
function passdb(layer: number): string {
  return `passdb passwords-${layer} {
  driver = passwd-file
  passwd_file_path = /etc/dovecot/passwords-${layer}
  use_worker = yes
}
`;
}

function passwordsOf({
  passwordHash,
  appPasswords = [],
}: MailboxDeclaration): readonly Partial<AppPassword>[] {
  return [...(passwordHash === undefined ? [] : [{ passwordHash }]), ...appPasswords];
}
