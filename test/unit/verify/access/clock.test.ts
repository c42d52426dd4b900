import { accessClock } from "../../../../verify/checks/access/clock";
import { lineServer } from "../support/line-server";
import { smtpServer } from "../support/smtp-server";
import { describeCheck } from "../support/world";
import { certificate, goodPorts, hostWith, mailZone, web } from "./support/host";

const greeting = (date: string) =>
  smtpServer({
    override: (command) => (command === "" ? `220 mail.example.com ESMTP Exim ${date}` : undefined),
  });

describeCheck(accessClock, [
  {
    when: "the Date of its web server is right",
    world: () => hostWith({ ...goodPorts(), 443: web("Tue, 24 Nov 2026 12:00:20 GMT") }),
    outcome: "passed",
    evidence: /20 s ahead/,
  },
  {
    when: "it is two minutes behind",
    world: () => hostWith({ 443: web("Tue, 24 Nov 2026 11:58:00 GMT") }),
    outcome: "warning",
    evidence: /120 s behind/,
    remedy: /timedatectl/,
  },
  {
    when: "it is an hour ahead",
    world: () => hostWith({ 443: web("Tue, 24 Nov 2026 13:00:00 GMT") }),
    outcome: "failed",
    evidence: /3600 s ahead/,
  },
  {
    when: "only the policy host answers there, on the same address",
    world: async () => {
      const { cert, key } = await certificate();
      const answer = (line: string) =>
        line === ""
          ? "HTTP/1.1 404 No\r\nContent-Length: 0\r\nDate: Tue, 24 Nov 2026 13:00:00 GMT\r\n"
          : undefined;
      const named = lineServer({ implicitTls: true, tls: { cert, key }, answer });
      return hostWith({ 443: named }, { zone: { ...mailZone, "mta-sts.example.com A": ["192.0.2.10"] } });
    },
    outcome: "failed",
  },
  {
    when: "no web server is there, and the greeting on port 25 has the date",
    world: () => hostWith({ 25: greeting("Tue, 24 Nov 2026 12:58:00 +0100") }),
    outcome: "warning",
    evidence: /greeting .* 120 s behind/,
  },
  {
    when: "nothing tells the time",
    world: () => hostWith({ ...goodPorts(), 443: web(undefined), 25: smtpServer() }),
    outcome: "not-checked",
    remedy: /date -u/,
  },
  {
    when: "what listens on 443 is no web server",
    world: () => hostWith({ 443: smtpServer() }),
    outcome: "not-checked",
  },
  { when: "the Date is no date", world: () => hostWith({ 443: web("yesterday") }), outcome: "not-checked" },
]);
