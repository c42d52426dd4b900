import type { Check } from "../../check";
import { askWeb, NoAddress, NotHttp } from "../../http";
import { addressesOf } from "../../mail-hosts";
import { Unreachable } from "../../network";
import { CannotCheck, NotApplicable, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";
import { HandshakeFailed } from "../../tls/connect";
import { publishedTlsRpt, wantedTlsRpt } from "../../tls-rpt/published";
import type { ReportDestination } from "../../tls-rpt/record";

/** Bounds what a record with many addresses costs. */
const destinationLimit = 6;

export const tlsRptMx: Check = {
  id: "tls-rpt-mx",
  title: "TLS reports arrive",
  asks: "Whether the domains that TLS reports are mailed to receive mail, and the web servers that they are posted to can be reached under a trusted certificate.",
  source: "RFC 8460 sections 3, 5.3 and 5.4",
  severity: "low",
  run: async (subject) => {
    const destinations = (await publishedTlsRpt(subject)).flatMap((record) => record.destinations);
    // Whether the domain's own mail arrives is what the other checks are about.
    const others = destinations.filter(
      (destination) => !(destination.by === "mail" && destination.domain === subject.domain),
    );
    if (destinations.length === 0) throw new NotApplicable("No address for TLS reports can be read.");
    const faults = await Promise.all(others.slice(0, destinationLimit).map((each) => fault(subject, each)));
    const found = faults.filter((each) => each !== undefined);
    if (found.length > 0)
      return warning(found.join("\n"), `Name an address that takes reports: ${wantedTlsRpt(subject)}`);
    return passed(
      `TLS reports go to ${destinations.map((each) => (each.by === "mail" ? each.address : each.url)).join(", ")}.`,
    );
  },
};

/** @returns why no report arrives there */
async function fault(subject: Subject, destination: ReportDestination): Promise<string | undefined> {
  if (destination.by === "https") return webFault(subject, destination.url);
  const { domain, address } = destination;
  const { rcode, records } = await subject.dns.query(domain, "MX");
  if (rcode === "NXDOMAIN") return `${address} gets no reports: ${domain} does not exist.`;
  if (rcode === "SERVFAIL")
    throw new CannotCheck(
      `The name servers answer SERVFAIL when asked for ${domain} MX.`,
      "Ask again later; the zone is the report receiver's to mend.",
    );
  const hosts = records.map(({ exchange }) => exchange);
  if (hosts.length > 0 && hosts.every((host) => host === ""))
    return `${address} gets no reports: ${domain} receives no mail (null MX).`;
  // Without MX the domain's own address counts (RFC 5321 section 5.1).
  const names = hosts.length > 0 ? hosts.filter((host) => host !== "").slice(0, destinationLimit) : [domain];
  const addresses = await Promise.all(names.map((name) => addressesOf(subject, name)));
  return addresses.flat().length > 0
    ? undefined
    : `${address} gets no reports: ${hosts.length > 0 ? `no MX of ${domain} has an address` : `${domain} has neither MX nor address`}.`;
}

/** Any HTTP status will do: what takes a POST of a report need not have an answer for who only looks. */
async function webFault(subject: Subject, url: string): Promise<string | undefined> {
  try {
    const { certificateError } = await askWeb(subject, url);
    return certificateError && `${url} gets no reports: its certificate ${certificateError}.`;
  } catch (error) {
    const refused = error instanceof Unreachable && error.why === "refused";
    if (refused || error instanceof NoAddress || error instanceof NotHttp || error instanceof HandshakeFailed)
      return `${url} gets no reports: ${error.message}`;
    throw error;
  }
}
