import { accountClock } from "../../../../verify/checks/account/clock";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/mail-host";

describeCheck(accountClock, [
  { when: "mail is dated rightly", world: () => mailHost(), outcome: "passed", evidence: /3 s ahead/ },
  {
    when: "the server is two minutes ahead",
    world: () => mailHost({ clock: "Tue, 24 Nov 2026 13:02:00 +0100" }),
    outcome: "warning",
    evidence: /120 s ahead/,
  },
  {
    when: "the server is a day behind",
    world: () => mailHost({ clock: "Mon, 23 Nov 2026 12:00:00 +0000" }),
    outcome: "failed",
    remedy: /timedatectl/,
  },
  {
    when: "the host tells strangers the same wrong time, which access-clock tells",
    world: async () =>
      mailHost({
        clock: "Mon, 23 Nov 2026 12:00:00 +0000",
        listeners: {
          "192.0.2.10:25": await smtpServer({
            override: (command) =>
              command === "" ? "220 mail ESMTP Exim Mon, 23 Nov 2026 12:00:00 +0000" : undefined,
          }),
        },
      }),
    outcome: "not-applicable",
    evidence: /access-clock/,
  },
  {
    when: "the message has no date of the server's",
    world: () => mailHost({ clock: "soon" }),
    outcome: "not-checked",
  },
  { when: "nothing arrives", world: () => mailHost({ refuseMessage: "no" }), outcome: "not-applicable" },
]);
