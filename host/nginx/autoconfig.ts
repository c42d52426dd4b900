import { type HostFile, publicFile } from "../bundle";
import type { DomainDeclaration } from "../declaration";
import { webName } from "../web";
import { documentRoot } from "./document-root";
import { mailServices } from "./mail-services";
import { escapeXml } from "./xml";

/** The settings that Thunderbird and others ask for (draft-ietf-mailmaint-autoconfig). */
export function autoconfigFiles({ name, web }: DomainDeclaration, hostname: string): readonly HostFile[] {
  if (!web) return [];
  const root = documentRoot(webName("autoconfig", name));
  return [publicFile(`${root}/mail/config-v1.1.xml`, clientConfig(name, hostname))];
}

function clientConfig(domain: string, hostname: string): string {
  const name = escapeXml(domain);
  return `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="${name}">
    <domain>${name}</domain>
    <displayName>${name}</displayName>
    <displayShortName>${name}</displayShortName>
${mailServices.imap.map((service) => server("incomingServer", "imap", hostname, service)).join("")}\
${mailServices.smtp.map((service) => server("outgoingServer", "smtp", hostname, service)).join("")}\
  </emailProvider>
</clientConfig>
`;
}

function server(
  element: string,
  type: string,
  hostname: string,
  { port, tls }: { readonly port: number; readonly tls: string },
): string {
  return `    <${element} type="${type}">
      <hostname>${escapeXml(hostname)}</hostname>
      <port>${port}</port>
      <socketType>${tls === "at once" ? "SSL" : "STARTTLS"}</socketType>
      <authentication>password-cleartext</authentication>
      <username>%EMAILADDRESS%</username>
    </${element}>
`;
}
