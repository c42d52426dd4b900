import { type HostPart, part, publicFile, secretFile } from "../bundle";
import type { MailboxDeclaration } from "../declaration";
import { paths } from "../paths";
import { asset, fill } from "../template";
import { tls12Ciphers } from "../tls";
import { needsVolume } from "../volume";

const configuration = asset(__dirname, "dovecot.conf");

/** Fixed, because it is written on the data volume, which outlives the machine. */
const vmailUid = 5000;
const mail = `${paths.data}/mail`;

/** IMAP, local delivery (LMTP) and the authentication that Postfix asks. */
export function renderDovecot(mailboxes: readonly MailboxDeclaration[]): HostPart {
  return part("dovecot", {
    files: [
      publicFile(
        "/etc/dovecot/dovecot.conf",
        fill(configuration, {
          mail,
          uid: String(vmailUid),
          ciphers: tls12Ciphers,
          pair: paths.tlsPair,
        }),
      ),
      secretFile("/etc/dovecot/users", mailboxes.map(passwdLine).join(""), "dovecot"),
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

/** As in passwd(5); Dovecot compares names in lower case. Numbers and home are the same for all and left empty. */
function passwdLine({ address, passwordHash }: MailboxDeclaration): string {
  return `${address.toLowerCase()}:${passwordHash}::::::\n`;
}
