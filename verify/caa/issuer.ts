import { X509Certificate } from "node:crypto";
import { mailHosts } from "../mail-hosts";
import type { Subject } from "../subject";
import { mailServerChains } from "../tls/peer";
import { type Authority, authorities } from "./authorities";

/** Who issued the certificate that a mail host serves. */
export interface IssuedBy {
  readonly host: string;
  /** As the certificate says it: organisation, else the whole name. */
  readonly organization: string;
  readonly authority?: Authority;
  readonly selfIssued: boolean;
  /** The name in the certificate that covers the host, `*.` in front of it if that is so. */
  readonly certifiedName: string;
}

/**
 * Who issued the certificates on port 25, each host once for each of its issuers.
 * @throws NotApplicable when no host offers TLS, CannotCheck when none can be reached
 */
export async function issuersInUse(subject: Subject): Promise<readonly IssuedBy[]> {
  const { seen } = await mailServerChains(subject, await mailHosts(subject));
  const found = new Map<string, IssuedBy>();
  for (const { host, chain } of seen) {
    const [leaf] = chain;
    if (!leaf) continue;
    const issued = issuedBy(host, new X509Certificate(leaf));
    found.set(`${host} ${issued.organization}`, issued);
  }
  return [...found.values()];
}

function issuedBy(host: string, certificate: X509Certificate): IssuedBy {
  const { issuer, subject } = certificate;
  // A comma in a value comes with a backslash before it.
  const organization = (/^O=(.*)$/m.exec(issuer)?.[1] ?? issuer.replaceAll("\n", ", ")).replaceAll(
    "\\,",
    ",",
  );
  const authority = authorities.find((each) => each.organization.test(organization));
  const certifiedName = certificate.checkHost(host, { subject: "never" }) ?? host;
  return { host, organization, authority, selfIssued: issuer === subject, certifiedName };
}
