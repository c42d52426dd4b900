import { tlsVersions } from "../../../../verify/checks/tls/versions";
import { smtpServer } from "../support/smtp-server";
import { byteServer } from "../support/tls-hello";
import { certificateFor, hostWith, lax, mailHost, tlsServer } from "../support/tls-server";
import { describeCheck } from "../support/world";

describeCheck(tlsVersions, [
  {
    when: "every port has TLS 1.2 and 1.3",
    world: () => mailHost(),
    outcome: "passed",
    evidence:
      /^mx\.example\.com \(192\.0\.2\.1\) on ports 25, 465, 587 and 993 agrees to TLS 1\.2 and TLS 1\.3/,
  },
  { when: "there is TLS 1.3 alone", world: () => mailHost({ minVersion: "TLSv1.3" }), outcome: "passed" },
  {
    when: "Postfix has its old default of TLS 1.0",
    world: () => mailHost({}, { 25: lax, 587: lax }),
    outcome: "failed",
    evidence: /^mx\.example\.com \(192\.0\.2\.1\) on ports 25 and 587 agrees to TLS 1\.1 and TLS 1\.0\.$/,
    remedy: /\(Postfix: smtpd_tls_protocols = >=TLSv1\.2[^;]*\)/,
  },
  {
    when: "Dovecot speaks TLS 1.1 only",
    world: () => mailHost({}, { 993: { ...lax, maxVersion: "TLSv1.1", minVersion: "TLSv1.1" } }),
    outcome: "failed",
    evidence: /on port 993 agrees to TLS 1\.1\.$/,
    remedy: /\(Dovecot: ssl_min_protocol = TLSv1\.2\)/,
  },
  {
    when: "port 25 is blocked here, which the evidence tells, and the others are good",
    world: async () => hostWith({ 25: "timeout", 993: await tlsServer(await certificateFor()) }),
    outcome: "passed",
    evidence: /\nNot checked: mx\.example\.com \(192\.0\.2\.1\) on port 25 \(no answer\)\.$/,
  },
  {
    when: "every port is blocked here",
    world: hostWith({ 25: "timeout", 465: "timeout", 587: "timeout", 993: "timeout", 143: "timeout" }),
    outcome: "not-checked",
    evidence: /on ports 25, 465, 587 and 993 \(no answer\)/,
    remedy: /another network/,
  },
  {
    when: "there is no way to the host's address family from here",
    world: hostWith({ 25: "no-route", 465: "no-route" }),
    outcome: "not-checked",
    evidence: /no way there from here/,
  },
  {
    when: "the second mail host is an old one",
    world: async () => {
      const { listeners, ...world } = await mailHost();
      const zone = {
        "example.com MX": ["10 mx.example.com", "20 backup.example.com"],
        "mx.example.com A": ["192.0.2.1"],
        "backup.example.com A": ["198.51.100.7"],
      };
      const old = await smtpServer({ tls: { ...(await certificateFor()), ...lax } });
      return { ...world, zone, listeners: { ...listeners, "198.51.100.7:25": old } };
    },
    outcome: "failed",
    evidence: /^backup\.example\.com \(198\.51\.100\.7\) on port 25 agrees to TLS 1\.1 and TLS 1\.0\.$/,
  },
  {
    when: "no port offers TLS",
    world: async () => hostWith({ 25: await smtpServer(), 587: await smtpServer() }),
    outcome: "not-applicable",
  },
  {
    when: "the server turns this client away",
    world: async () => hostWith({ 25: await smtpServer({ override: () => "554 5.7.1 Go away" }) }),
    outcome: "not-checked",
    evidence: /turns this client away: 554/,
  },
  {
    when: "a server closes each connection at the ClientHello",
    world: async () => hostWith({ 465: await byteServer((socket) => socket.on("data", () => socket.end())) }),
    outcome: "not-checked",
    evidence: /agrees to no version of TLS/,
  },
  {
    when: "a server answers with something else than TLS",
    world: async () =>
      hostWith({ 465: await byteServer((socket) => socket.on("data", () => socket.write("220 ESMTP\r\n"))) }),
    outcome: "not-checked",
    evidence: /answers with something else than TLS: "220 ESMTP/,
  },
]);
