import { type HostFile, publicFile } from "../bundle";
import type { DomainDeclaration } from "../declaration";
import { webName } from "../web";
import { documentRoot } from "./document-root";
import { mailServices } from "./mail-services";
import { escapeXml } from "./xml";

/** Where nginx puts the user's name, if the request has one that can be repeated. */
export const loginPlace = "<!-- LoginName -->";

/**
 * What Outlook asks for (Microsoft, "POX Autodiscover response"), and the file that newer versions ask first, which
 * says where the other one is.
 */
export function autodiscoverFiles({ name, web }: DomainDeclaration, hostname: string): readonly HostFile[] {
  if (!web) return [];
  const host = webName("autodiscover", name);
  const url = `https://${host}/autodiscover/autodiscover.xml`;
  return [
    publicFile(`${documentRoot(host)}/autodiscover.xml`, settings(hostname)),
    publicFile(
      `${documentRoot(host)}/autodiscover.json`,
      `${JSON.stringify({ Protocol: "AutodiscoverV1", Url: url })}\n`,
    ),
  ];
}

function settings(hostname: string): string {
  const schemas = "http://schemas.microsoft.com/exchange/autodiscover";
  // Outlook takes one server of a type: the first.
  return `<?xml version="1.0" encoding="UTF-8"?>
<Autodiscover xmlns="${schemas}/responseschema/2006">
  <Response xmlns="${schemas}/outlook/responseschema/2006a">
    <Account>
      <AccountType>email</AccountType>
      <Action>settings</Action>
${protocol("IMAP", hostname, mailServices.imap[0].port)}\
${protocol("SMTP", hostname, mailServices.smtp[0].port)}\
    </Account>
  </Response>
</Autodiscover>
`;
}

function protocol(type: "IMAP" | "SMTP", hostname: string, port: number): string {
  return `      <Protocol>
        <Type>${type}</Type>
        <Server>${escapeXml(hostname)}</Server>
        <Port>${port}</Port>
        ${loginPlace}
        <DomainRequired>off</DomainRequired>
        <SPA>off</SPA>
        <SSL>on</SSL>
        <AuthRequired>on</AuthRequired>${
          // For SMTP too, the name and password of the other server.
          type === "SMTP" ? "\n        <UsePOPAuth>on</UsePOPAuth>" : ""
        }
      </Protocol>
`;
}
