import { createHash } from "node:crypto";
import { type HostFile, publicFile } from "../bundle";
import type { DomainDeclaration } from "../declaration";
import { webName } from "../web";
import { documentRoot } from "./document-root";
import { mailServices } from "./mail-services";
import { escapeXml } from "./xml";

/** Where nginx puts the address that was asked for. */
export const addressPlace = "%ADDRESS%";

/** The configuration profile of a mail account for Apple's devices (Apple, "Mail", device management profiles). */
export function mobileconfigFiles({ name, web }: DomainDeclaration, hostname: string): readonly HostFile[] {
  if (!web) return [];
  const root = documentRoot(webName("autoconfig", name));
  return [publicFile(`${root}/mail.mobileconfig`, profile(name, hostname))];
}

function profile(domain: string, hostname: string): string {
  // A device takes a profile with the identifier of an installed one as its successor, so the address is part of it.
  const identifier = `${domain.split(".").reverse().join(".")}.mail.${addressPlace}`;
  const [imap] = mailServices.imap;
  const [smtp] = mailServices.smtp;
  const account = dict({
    PayloadType: "com.apple.mail.managed",
    PayloadVersion: 1,
    PayloadIdentifier: `${identifier}.account`,
    PayloadUUID: uuid(`${domain} account`),
    PayloadDisplayName: `Mail of ${addressPlace}`,
    EmailAccountDescription: addressPlace,
    EmailAccountType: "EmailTypeIMAP",
    EmailAddress: addressPlace,
    IncomingMailServerAuthentication: "EmailAuthPassword",
    IncomingMailServerHostName: hostname,
    IncomingMailServerPortNumber: imap.port,
    IncomingMailServerUseSSL: true,
    IncomingMailServerUsername: addressPlace,
    OutgoingMailServerAuthentication: "EmailAuthPassword",
    OutgoingMailServerHostName: hostname,
    OutgoingMailServerPortNumber: smtp.port,
    OutgoingMailServerUseSSL: true,
    OutgoingMailServerUsername: addressPlace,
    OutgoingPasswordSameAsIncomingPassword: true,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${dict({
  PayloadType: "Configuration",
  PayloadVersion: 1,
  PayloadIdentifier: identifier,
  PayloadUUID: uuid(`${domain} profile`),
  PayloadDisplayName: `Mail of ${addressPlace}`,
  PayloadOrganization: domain,
}).replace(/<\/dict>$/, `<key>PayloadContent</key>\n<array>\n${account}\n</array>\n</dict>`)}
</plist>
`;
}

function dict(values: Readonly<Record<string, string | number | boolean>>): string {
  const lines = Object.entries(values).map(([key, value]) => `<key>${key}</key>\n${element(value)}`);
  return ["<dict>", ...lines, "</dict>"].join("\n");
}

function element(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "<true/>" : "<false/>";
  return typeof value === "number" ? `<integer>${value}</integer>` : `<string>${escapeXml(value)}</string>`;
}

/** The same for the same name, in the form of a version 8 UUID (RFC 9562 section 5.8). */
function uuid(name: string): string {
  const digits = createHash("sha256").update(`pulumi-mailserver ${name}`).digest("hex");
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ];
  return parts.join("-").toUpperCase();
}
