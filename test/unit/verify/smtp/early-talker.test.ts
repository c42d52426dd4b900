import { smtpEarlyTalker } from "../../../../verify/checks/smtp/early-talker";
import { lineServer } from "../support/line-server";
import { describeCheck } from "../support/world";
import { at, mailHost, rawServer } from "./support/world";

const hello = "250-mx.example.com\r\n250 PIPELINING\r\n";
/** Answers what comes, a packet at a time. */
const packets = (answer: (packet: string) => string, last?: RegExp) => async () =>
  at(
    await rawServer((socket) => {
      socket.write("220 mx.example.com ESMTP\r\n");
      socket.on("data", (packet) => {
        socket.write(answer(packet.toString()));
        if (last?.test(packet.toString())) socket.end();
      });
    }),
  );

describeCheck(smtpEarlyTalker, [
  {
    when: "the server refuses what comes too early, as Postfix does",
    world: packets(
      (packet) =>
        /EHLO.*\r\nNOOP/.test(packet) ? "554 5.5.0 Error: SMTP protocol synchronization\r\n" : hello,
      /NOOP/,
    ),
    outcome: "passed",
    evidence: /554 5\.5\.0/,
  },
  {
    when: "the server drops what comes too early",
    world: packets((packet) => (packet.startsWith("QUIT") ? "221 Bye\r\n" : hello)),
    outcome: "passed",
    evidence: /221 Bye/,
  },
  {
    when: "the server hangs up after its answer to EHLO",
    world: packets(() => hello, /NOOP/),
    outcome: "passed",
    evidence: /hangs up/,
  },
  {
    when: "the server refuses who talks before the greeting, as Exim does",
    world: async () =>
      at(
        await rawServer((socket) => {
          let greeted = false;
          socket.on("data", (packet) => {
            if (!greeted) return socket.end("554 SMTP synchronization error\r\n");
            const commands = packet.toString().trim().split("\r\n");
            return socket.write(commands.map(() => "250 Ok\r\n").join(""));
          });
          setTimeout(() => {
            greeted = true;
            if (socket.writable) socket.write("220 mx.example.com ESMTP\r\n");
          }, 200);
        }),
      ),
    outcome: "passed",
    evidence: /before the greeting: 554 SMTP synchronization/,
  },
  {
    when: "the server answers everything",
    world: mailHost(),
    outcome: "warning",
    evidence: /250 2\.0\.0 Ok/,
    remedy: /smtpd_forbid_unauth_pipelining/,
  },
  {
    when: "the server falls silent",
    world: async () => at(await lineServer({ greeting: "220 mx.example.com", answer: () => undefined })),
    outcome: "not-checked",
    evidence: /within 10 s/,
  },
]);
