import { domainOf, lower, senders, type Table, tableText } from "../addresses";
import { type HostPart, part, publicFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { messageSizeOf } from "../message-size";
import { paths } from "../paths";
import { reinjection, srs } from "../postsrsd";
import { reportsProgram, reportsUser } from "../reports";
import { sendLimitsSocket } from "../send-limits";
import { asset, fill } from "../template";
import { tls12Ciphers } from "../tls";
import { tlsPolicySocket } from "../tls-policy";
import { tlsReportsSocket } from "../tls-reports";
import { needsVolume } from "../volume";
import { aliases, mailboxes, ownSenders, refusedRecipients, reports, srsAddress } from "./tables";

const main = asset(__dirname, "main.cf");
const master = asset(__dirname, "master.cf");
const submission = asset(__dirname, "submission.cf");
const submissionHeaders = asset(__dirname, "submission_headers");

/** SMTP: the MX (25) and submission (465, 587). */
export function renderPostfix(host: HostDeclaration): HostPart {
  const domains = host.domains.map(({ name }) => name);
  return part("postfix", {
    files: [
      publicFile(
        "/etc/postfix/main.cf",
        fill(main, {
          hostname: host.hostname,
          origin: domainOf(lower(host.postmaster)),
          aliasDomains: domains.includes(host.hostname) ? "" : "$myhostname",
          pair: paths.tlsPair,
          ciphers: tls12Ciphers,
          messageSize: String(messageSizeOf(host)),
          srsPort: String(reinjection),
          srsReverse: String(srs.reverse),
          tlsPolicy: tlsPolicySocket,
          tlsReports: tlsReportsSocket,
        }),
      ),
      publicFile(
        "/etc/postfix/master.cf",
        fill(master, {
          submission: fill(submission, { sendLimits: sendLimitsSocket }).trimEnd(),
          srsPort: String(reinjection),
          srsForward: String(srs.forward),
          reportsUser,
          reportsProgram,
        }),
      ),
      publicFile("/etc/postfix/submission_headers", submissionHeaders),
      table(
        "domains",
        domains.map((domain) => [domain, "."]),
      ),
      table("mailboxes", mailboxes(host)),
      table("transport", reports(host)),
      table("aliases", aliases(host)),
      table("senders", senders(host)),
      table("refused_recipients", refusedRecipients(host)),
      table("own_senders", ownSenders(host)),
      table("srs_recipients", [[srsAddress(host), "$1"]]),
      table("returned_recipients", [[srsAddress(host), "bounces_only"]]),
      // Whoever has such an address could write to the one behind it in this host's name.
      table("senders_of_no_bounce", [["/@/", "550 5.7.1 Only bounces come back to this address"]]),
      // Nothing is chrooted, so nothing has to be copied into the queue directory.
      publicFile("/etc/default/postfix", "SYNC_CHROOT=\n"),
      needsVolume("postfix.service"),
    ],
    // In a queue directory of its own: the check repairs what it finds, and the real one is not its business.
    checks: [["sh", "-ec", "mount -t tmpfs -o mode=755 queue /var/spool/postfix; exec postfix check"]],
    // On a volume that another machine has filled, the same user may have had another number.
    prepare: [["postfix", "set-permissions"]],
    services: [{ unit: "postfix.service", onChange: "reload" }],
    ports: [
      { port: 25, tls: false, greeting: "220 " },
      { port: 465, tls: true, greeting: "220 " },
      { port: 587, tls: false, greeting: "220 " },
      { port: reinjection, tls: false, greeting: "220 " },
    ],
  });
}

function table(name: string, rows: Table) {
  return publicFile(`/etc/postfix/${name}`, tableText(rows));
}
