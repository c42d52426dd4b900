import { discoveryAutoconfig } from "../../../../verify/checks/discovery/autoconfig";
import { describeCheck } from "../support/world";
import { type Announced, clientConfig, userWorld } from "./support";

const path = "/mail/config-v1.1.xml";
const wellKnown = "example.com/.well-known/autoconfig/mail/config-v1.1.xml";
const tellingOf = (imap?: Announced, smtp?: Announced) =>
  userWorld({ pages: { [path]: clientConfig(imap, smtp) } });

describeCheck(discoveryAutoconfig, [
  {
    when: "the file is there",
    world: () => tellingOf(),
    outcome: "passed",
    evidence:
      /autoconfig\.example\.com.* names mx\.example\.com port 993 \(TLS from the start\), mx\.example\.com port 465/,
  },
  {
    when: "the file is at the domain itself",
    world: () =>
      userWorld({
        pages: { [wellKnown]: clientConfig() },
        webNames: ["example.com"],
        zone: { "example.com A": ["192.0.2.2"], "autoconfig.example.com A": [] },
      }),
    outcome: "passed",
  },
  {
    when: "the file is a redirect away",
    world: () =>
      userWorld({
        pages: {
          [path]: { status: 302, headers: { location: "/other.xml" } },
          "/other.xml": clientConfig(),
        },
      }),
    outcome: "passed",
  },
  {
    when: "there is no file",
    world: () => userWorld({ zone: { "autoconfig.example.com A": [] } }),
    outcome: "warning",
    evidence: /no file of settings.*autoconfig\.example\.com has no address/s,
    remedy: /https:\/\/autoconfig\.example\.com\/mail\/config-v1\.1\.xml/,
  },
  {
    when: "the web site answers everything with its front page",
    world: () => userWorld({ pages: { [path]: "<!doctype html><p>Welcome" } }),
    outcome: "warning",
    evidence: /Status 200, and no settings in it/,
  },
  {
    when: "the certificate is for the web site alone",
    world: () => userWorld({ pages: { [path]: clientConfig() }, webNames: ["www.example.com"] }),
    outcome: "warning",
    evidence: /certificate is for www\.example\.com/,
  },
  {
    when: "the web server does not answer from here",
    world: () => userWorld({ world: { listeners: { "192.0.2.2:443": "timeout" } } }),
    outcome: "not-checked",
  },
  {
    when: "the file names a port that is closed",
    world: () => tellingOf({ port: 995, tls: "SSL" }),
    outcome: "failed",
    evidence: /lead nowhere: mx\.example\.com port 995 \(192\.0\.2\.1\) is closed/,
    remedy: /socketType SSL/,
  },
  {
    when: "the file names a port that a firewall keeps silent",
    world: () =>
      userWorld({
        pages: { [path]: clientConfig({ port: 995, tls: "SSL" }) },
        world: { listeners: { "192.0.2.1:995": "timeout" } },
      }),
    outcome: "warning",
  },
  {
    when: "the file tells mail programs to do without TLS",
    world: () => tellingOf({ port: 143, tls: "plain" }),
    outcome: "failed",
    evidence: /mx\.example\.com port 143 without TLS/,
  },
  {
    when: "the file names a host that does not exist",
    world: () => tellingOf({ host: "imap.%EMAILDOMAIN%", port: 993, tls: "SSL" }),
    outcome: "failed",
    evidence: /imap\.example\.com has no address/,
  },
  {
    when: "the file names no server",
    world: () => userWorld({ pages: { [path]: "<clientConfig version='1.1'/>" } }),
    outcome: "failed",
    evidence: /No server to read mail from/,
  },
  {
    when: "the server for reading mail is down, which is another check's",
    world: () =>
      userWorld({
        pages: { [path]: clientConfig() },
        world: { listeners: { "192.0.2.1:993": "refused" } },
      }),
    outcome: "passed",
  },
  {
    when: "the domain receives no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
]);
