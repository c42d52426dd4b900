import { randomUUID } from "node:crypto";
import { accountCheck, accountOf } from "../../account/account-check";
import { imapLogin } from "../../account/mailbox";
import { openSubmission } from "../../account/submission";
import type { Check } from "../../check";
import { CannotCheck, NotApplicable, passed, warning } from "../../outcome";
import type { Reply, SmtpSession } from "../../smtp/session";

export const accountSender: Check = accountCheck({
  id: "account-sender",
  title: "Users send only as themselves",
  asks: "Whether the server refuses a sender address that is not the account's. Else every user, and whoever has one password, can write as everyone in the domain. No message is sent.",
  source: "RFC 6409 section 6.1",
  severity: "medium",
  run: async (subject) => {
    const { address, user } = accountOf(subject);
    // A wrong password is tried no second time.
    await imapLogin(subject);
    const smtp = await openSubmission(subject);
    try {
      // The postmaster's address may lawfully be this account's; a name that nobody has can't be.
      const postmaster = `postmaster@${subject.domain}`;
      const nobody = `nobody-${randomUUID().slice(0, 8)}@${subject.domain}`;
      const replies: { sender: string; reply: Reply }[] = [];
      for (const sender of [postmaster, nobody].filter((name) => name !== address.toLowerCase())) {
        const reply = await trySender(smtp, sender, address);
        replies.push({ sender, reply });
        if (binds(reply, sender === nobody))
          return passed(`The server refuses ${sender} as sender of ${user}: ${textOf(reply)}`);
      }
      return unbound(replies, user);
    } finally {
      smtp.close();
    }
  },
});

/** @returns the reply that refuses the sender or, if none does, the one that takes the recipient */
async function trySender(smtp: SmtpSession, sender: string, recipient: string): Promise<Reply> {
  await smtp.command("RSET");
  const mail = await smtp.command(`MAIL FROM:<${sender}>`);
  return mail.code >= 300 ? mail : smtp.command(`RCPT TO:<${recipient}>`);
}

/** That nobody has an address is another reason to refuse it than that it is not the account's. */
function binds(reply: Reply, unknown: boolean): boolean {
  return reply.code >= 500 && (!unknown || reply.code === 553 || /^5\.7\./.test(reply.lines[0] ?? ""));
}

function unbound(replies: readonly { sender: string; reply: Reply }[], user: string) {
  const taken = replies.find(({ reply }) => reply.code < 300);
  if (taken)
    return warning(
      `The server takes ${taken.sender} as sender of ${user}: ${textOf(taken.reply)}`,
      "Bind senders to logins: in Postfix smtpd_sender_login_maps with the addresses of each login, and reject_sender_login_mismatch in smtpd_sender_restrictions of `submissions` and `submission`.",
    );
  const seen = replies.map(({ sender, reply }) => `${sender}: ${textOf(reply)}`).join("\n");
  if (replies.some(({ reply }) => reply.code < 500))
    throw new CannotCheck(`The server puts the sender off.\n${seen}`, "Run it again in some minutes.");
  throw new NotApplicable(`There is no other address to try as sender.\n${seen}`);
}

function textOf({ code, lines }: Reply): string {
  return `${code} ${lines.join(" ")}`;
}
