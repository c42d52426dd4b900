import { XMLParser } from "fast-xml-parser";
import type { AnnouncedServer } from "./server";

/** What a file of settings tells a mail program. */
export interface Settings {
  readonly incoming: readonly AnnouncedServer[];
  readonly outgoing: readonly AnnouncedServer[];
  /** What is wrong with the file itself, a sentence each. */
  readonly problems: readonly string[];
}

type Tree = { readonly [name: string]: Tree[] | string };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  parseTagValue: false,
  // Entities are of no use here, and a way to make little become much.
  processEntities: false,
  // Every element as a list, so that one and many read the same.
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** @returns undefined when it is no XML with that root */
function rootOf(text: string, root: string): Tree | undefined {
  try {
    return first(parser.parse(text) as Tree, root);
  } catch {
    return undefined;
  }
}

function all(tree: Tree | undefined, name: string): readonly Tree[] {
  const found = tree && Object.hasOwn(tree, name) ? tree[name] : [];
  return Array.isArray(found) ? found.filter((each) => typeof each === "object") : [];
}

function first(tree: Tree | undefined, name: string): Tree | undefined {
  return all(tree, name)[0];
}

/** The text of the first element of a name. */
function textOf(tree: Tree, name: string): string {
  const found: unknown = Object.hasOwn(tree, name) ? tree[name] : undefined;
  const value: unknown = Array.isArray(found) ? found[0] : found;
  const text =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)["#text"] : value;
  return typeof text === "string" ? text.trim() : "";
}

type Read = { readonly server: AnnouncedServer } | { readonly problem: string };

/**
 * Reads the file that Thunderbird and others ask for (draft-ietf-mailmaint-autoconfig).
 * @returns undefined when it is none
 */
export function parseAutoconfig(text: string, domain: string): Settings | undefined {
  const config = rootOf(text, "clientConfig");
  if (!config) return undefined;
  const provider = first(config, "emailProvider");
  const read = (element: string, types: Readonly<Record<string, AnnouncedServer["begins"]>>) =>
    all(provider, element).flatMap((server) => {
      const startTls = types[textOf(server, "type").toLowerCase()];
      if (!startTls) return [];
      const name = textOf(server, "hostname").replaceAll("%EMAILDOMAIN%", domain);
      const begins = { SSL: "at once", STARTTLS: startTls }[textOf(server, "socketType").toUpperCase()];
      return [announced(name, textOf(server, "port"), begins as AnnouncedServer["begins"] | undefined)];
    });
  return settings(
    read("incomingServer", { imap: "IMAP", pop3: "POP3" }),
    read("outgoingServer", { smtp: "SMTP" }),
  );
}

/** What Outlook asks for has more than settings in it. */
export type Autodiscovered =
  | { readonly settings: Settings }
  /** The server refers to elsewhere, speaks of Exchange alone, or has an error: the end of a sentence about it. */
  | { readonly other: string; readonly isError: boolean };

/**
 * Reads the answer to Outlook's question (Microsoft, "POX Autodiscover response for Exchange").
 * @returns undefined when it is none
 */
export function parseAutodiscover(text: string): Autodiscovered | undefined {
  const response = first(rootOf(text, "Autodiscover"), "Response");
  if (!response) return undefined;
  const error = first(response, "Error");
  if (error) return { other: `answers with an error: ${textOf(error, "Message")}`, isError: true };
  const account = first(response, "Account");
  const redirect = account && (textOf(account, "RedirectUrl") || textOf(account, "RedirectAddr"));
  if (redirect) return { other: `refers to ${redirect}`, isError: false };
  const protocols = all(account, "Protocol");
  const read = (types: Readonly<Record<string, AnnouncedServer["begins"]>>) =>
    protocols.flatMap((protocol) => {
      const startTls = types[textOf(protocol, "Type").toUpperCase()];
      if (!startTls) return [];
      const port = textOf(protocol, "Port");
      return [announced(textOf(protocol, "Server"), port, encryption(protocol, port, startTls))];
    });
  const incoming = read({ IMAP: "IMAP", POP3: "POP3" });
  const outgoing = read({ SMTP: "SMTP" });
  const types = protocols.map((protocol) => textOf(protocol, "Type")).filter(Boolean);
  if (incoming.length + outgoing.length === 0 && types.length > 0)
    return { other: `has settings for ${types.join(", ")} alone`, isError: false };
  return { settings: settings(incoming, outgoing) };
}

/** Encryption overrides SSL, which is on unless it is said to be off. */
function encryption(
  protocol: Tree,
  port: string,
  startTls: AnnouncedServer["begins"],
): AnnouncedServer["begins"] | undefined {
  const byPort = ["143", "110", "587", "25"].includes(port) ? startTls : "at once";
  switch (textOf(protocol, "Encryption").toUpperCase()) {
    case "SSL":
      return "at once";
    case "TLS":
      return startTls;
    case "NONE":
      return undefined;
    case "AUTO":
      return byPort;
    default:
      return /^(off|false|0)$/i.test(textOf(protocol, "SSL")) ? undefined : byPort;
  }
}

function announced(name: string, port: string, begins: AnnouncedServer["begins"] | undefined): Read {
  const place = `${name || "a server without a name"} port ${port || "(none)"}`;
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(name))
    return { problem: `There is no host name in ${place}.` };
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    return { problem: `There is no port number in ${place}.` };
  if (!begins) return { problem: `Mail programs are told to use ${place} without TLS.` };
  return { server: { name: name.toLowerCase(), port: Number(port), begins } };
}

function settings(incoming: readonly Read[], outgoing: readonly Read[]): Settings {
  const problems = [...incoming, ...outgoing].flatMap((read) => ("problem" in read ? [read.problem] : []));
  if (incoming.length === 0) problems.push("No server to read mail from is named.");
  if (outgoing.length === 0) problems.push("No server to send mail by is named.");
  const servers = (reads: readonly Read[]) =>
    reads.flatMap((read) => ("server" in read ? [read.server] : []));
  return { incoming: servers(incoming), outgoing: servers(outgoing), problems };
}
