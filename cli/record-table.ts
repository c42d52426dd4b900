import { generateKeyPairSync } from "node:crypto";
import {
  addressRecord,
  type DnsRecord,
  dkimContent,
  dkimRecord,
  ipv6AddressRecord,
  mailDomainRecords,
  mailHostRecords,
  type NamedRecords,
  parkedDomainRecords,
  tlsaContent,
  tlsaRecord,
  zoneFile,
} from "../records";
import { type Reason, reasons } from "../records/reasons";

const domain = "example.com";
const hostname = "mx1.example.com";

/** Every record that is published, made for example.com by the code that makes it, as a page of Markdown. */
export function recordTable(): string {
  return [
    "# Every record that is published, and why",
    "",
    `Made from the code by \`npm run docs\`, for ${domain} on ${hostname} with the defaults and, where there is none, an`,
    "example. `docs/dns.md` tells how to choose otherwise.",
    "",
    "## For the host",
    "",
    table(hostRecords()),
    "",
    "## For each mail domain",
    "",
    table({ ...domainRecords(), ...dkimRecords() }),
    "",
    "## For each parked domain",
    "",
    table(parkedDomainRecords("example.net")),
    "",
  ].join("\n");
}

/** What a record is for, without what tells it from others of its kind. */
export function kindOf(role: string): string {
  return role
    .replace(/^srv-.*/, "srv")
    .replace(/^(caa-issuer)-.+$/, "$1")
    .replace(/^(dmarc-reports-of)-.*/, "$1")
    .replace(/^dkim-(rsa|ed)\d+$/, "dkim")
    .replace(/^tlsa-\d+$/, "tlsa");
}

/** Every record there can be, by what it is for. */
export function allRecords(): NamedRecords {
  return { ...hostRecords(), ...domainRecords(), ...dkimRecords(), ...parkedDomainRecords("example.net") };
}

function hostRecords(): NamedRecords {
  const issuer = { identity: "letsencrypt.org" };
  return {
    address: addressRecord(hostname, "192.0.2.25"),
    "address-ipv6": ipv6AddressRecord(hostname, "2001:db8::25"),
    ...mailHostRecords({ hostname, issuer, contact: `postmaster@${domain}` }),
    "tlsa-1": tlsaRecord(hostname, tlsaContent("1f".repeat(32))),
    "tlsa-2": tlsaRecord(hostname, tlsaContent("2e".repeat(32))),
  };
}

function domainRecords(): NamedRecords {
  return mailDomainRecords({
    domain,
    hostname,
    hasMx: true,
    spfIncludes: [],
    spfAddresses: [],
    spfTerms: [],
    dmarcPolicy: "reject",
    dmarcReports: [`dmarc-reports@${domain}`],
    dmarcReportsOf: ["example.org"],
    mtaSts: "enforce",
    tlsReports: [`tls-reports@${domain}`],
    caaIssuers: ["letsencrypt.org"],
    bimi: { logo: "https://example.com/logo.svg" },
  });
}

function dkimRecords(): NamedRecords {
  const pem = (key: ReturnType<typeof generateKeyPairSync>["publicKey"]) =>
    dkimContent(key.export({ type: "spki", format: "pem" }).toString());
  const rsa = pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey);
  const ed25519 = pem(generateKeyPairSync("ed25519").publicKey);
  return Object.fromEntries(
    [1, 2].flatMap((generation) => [
      [`dkim-rsa${generation}`, dkimRecord(`rsa${generation}`, domain, rsa)],
      [`dkim-ed${generation}`, dkimRecord(`ed${generation}`, domain, ed25519)],
    ]),
  );
}

/** One row a kind, with all records of it. */
function table(records: NamedRecords): string {
  const kinds = new Map<string, DnsRecord[]>();
  for (const [role, record] of Object.entries(records))
    kinds.set(kindOf(role), [...(kinds.get(kindOf(role)) ?? []), record]);
  const rows = [...kinds].map(([kind, made]) => {
    const { standard, why, source } = reasons[kind] as Reason;
    const lines = made.map((record) => `\`${line(record)}\``).join("<br>");
    return `| \`${kind}\` | ${lines} | ${standard} | ${why} | ${source} |`;
  });
  return ["| for | record | default | why | source |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** As in a zone file, keys shortened. */
function line(record: DnsRecord): string {
  return zoneFile([record])
    .trimEnd()
    .replace(/p=[A-Za-z0-9+/=" ]{20,}"$/, 'p=…"')
    .replaceAll("|", "\\|");
}
