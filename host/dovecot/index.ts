import { lower } from "../addresses";
import { type HostPart, part, publicFile, secretFile } from "../bundle";
import type { AppPassword, MailboxDeclaration } from "../declaration";
import { paths } from "../paths";
import { asset, fill } from "../template";
import { tls12Ciphers } from "../tls";
import { needsVolume } from "../volume";

const configuration = asset(__dirname, "dovecot.conf");

/** Fixed, because it is written on the data volume, which outlives the machine. */
const vmailUid = 5000;
const mail = `${paths.data}/mail`;
/** The mailboxes that may do nothing but submit. */
const sendOnlyFile = "/etc/dovecot/send-only";

/** IMAP, local delivery (LMTP) and the authentication that Postfix asks. */
export function renderDovecot(mailboxes: readonly MailboxDeclaration[]): HostPart {
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
      secretFile("/etc/dovecot/users", mailboxes.map(passwdLine).join(""), "dovecot"),
      ...Array.from({ length: layers - 1 }, (_, i) => passwordFile(mailboxes, i + 1)),
      publicFile(sendOnlyFile, sendOnly),
      publicFile("/etc/sysusers.d/mailserver.conf", `u vmail ${vmailUid} "Mailboxes" ${mail}\n`),
      needsVolume("dovecot.service"),
    ],
    checks: [["doveconf", "-n"]],
    prepare: [["systemd-sysusers", "mailserver.conf"]],
    directories: [{ path: mail, mode: "0700", owner: "vmail:vmail" }],
    services: [{ unit: "dovecot.service", onChange: "reload" }],
    ports: [{ port: 993, tls: true, greeting: "* OK" }],
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
function passwdOf({ address }: MailboxDeclaration, { name, passwordHash = "" }: Partial<AppPassword> = {}) {
  return `${lower(address)}:${passwordHash}::::::${name === undefined ? "" : `app=${name}`}\n`;
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
}
`;
}

function passwordsOf({
  passwordHash,
  appPasswords = [],
}: MailboxDeclaration): readonly Partial<AppPassword>[] {
  return [...(passwordHash === undefined ? [] : [{ passwordHash }]), ...appPasswords];
}
