import { tlsRptMx } from "../../../../verify/checks/tls-rpt/mx";
import { httpsServer, trusted } from "../support/https-server";
import { describeCheck, type World } from "../support/world";
import { reportWorld } from "./support";

const mail = ["v=TLSRPTv1; rua=mailto:tls@reports.example.net"];
const web = ["v=TLSRPTv1; rua=https://reports.example.net/tls"];
const webZone = { "reports.example.net A": ["192.0.2.3"] };

async function webWorld(name = "reports.example.net"): Promise<World> {
  const { root, ...tls } = await trusted({ names: [name] });
  const server = await httpsServer(tls, {});
  return reportWorld(web, webZone, { authorities: [root], listeners: { "192.0.2.3:443": server } });
}

describeCheck(tlsRptMx, [
  {
    when: "the domain takes its reports itself",
    world: reportWorld(["v=TLSRPTv1; rua=mailto:postmaster@example.com"]),
    outcome: "passed",
    evidence: /postmaster@example\.com/,
  },
  {
    when: "another domain takes them",
    world: reportWorld(mail, {
      "reports.example.net MX": ["10 mx.example.net"],
      "mx.example.net A": ["192.0.2.3"],
    }),
    outcome: "passed",
  },
  { when: "another domain without MX takes them", world: reportWorld(mail, webZone), outcome: "passed" },
  {
    when: "they go to a domain that does not exist",
    world: reportWorld(mail),
    outcome: "warning",
    evidence: /tls@reports\.example\.net gets no reports: reports\.example\.net does not exist/,
    remedy: /_smtp\._tls\.example\.com\. TXT/,
  },
  {
    when: "they go to a domain that has no mail host",
    world: reportWorld(mail, { "reports.example.net TXT": ["nothing"] }),
    outcome: "warning",
    evidence: /neither MX nor address/,
  },
  {
    when: "they go to a domain whose mail host has no address",
    world: reportWorld(mail, { "reports.example.net MX": ["10 mx.example.net"] }),
    outcome: "warning",
    evidence: /no MX of reports\.example\.net has an address/,
  },
  {
    when: "they go to a domain that takes no mail",
    world: reportWorld(mail, { "reports.example.net MX": ["0 ."] }),
    outcome: "warning",
    evidence: /null MX/,
  },
  {
    when: "the name servers of the domain that they go to fail",
    world: reportWorld(mail, {}, { broken: ["reports.example.net MX"] }),
    outcome: "not-checked",
    evidence: /SERVFAIL/,
  },
  { when: "a web server takes them", world: () => webWorld(), outcome: "passed", evidence: /https:/ },
  {
    when: "the web server's certificate is for another name",
    world: () => webWorld("www.example.net"),
    outcome: "warning",
    evidence: /its certificate is for www\.example\.net/,
  },
  {
    when: "no web server is there",
    world: reportWorld(web, webZone),
    outcome: "warning",
    evidence: /refuses/,
  },
  {
    when: "the web server can't be reached from here",
    world: reportWorld(web, webZone, { listeners: { "192.0.2.3:443": "timeout" } }),
    outcome: "not-checked",
  },
  {
    when: "no address can be read, which is another check's",
    world: reportWorld(["v=TLSRPTv1; rua=postmaster"]),
    outcome: "not-applicable",
  },
]);
