import { parseTagList, type SyntaxProblem, show } from "../tag-list";

/** What `_smtp._tls.<domain>` says (RFC 8460 section 3). */
export interface TlsRptRecord {
  readonly text: string;
  /** What breaks the grammar; senders then send no reports. */
  readonly problems: readonly SyntaxProblem[];
  /** Where reports go, those that can be read. */
  readonly destinations: readonly ReportDestination[];
}

export type ReportDestination =
  | { readonly by: "mail"; readonly address: string; readonly domain: string }
  | { readonly by: "https"; readonly url: string };

/** Whether a TXT record is there for TLS reports, however broken: a wildcard may answer with something else. */
export function isMeantAsTlsRptRecord(text: string): boolean {
  return /^[\s"\\]*v\s*=\s*TLSRPT/i.test(text);
}

export function parseTlsRptRecord(text: string): TlsRptRecord {
  const { tags, problems: broken } = parseTagList(text);
  const problems = [...broken];
  const complain = (message: string, position: number) => problems.push({ position, message });

  if (!/^v=TLSRPTv1[ \t]*;/.test(text)) complain("the record does not begin with v=TLSRPTv1;", 0);
  const rua = tags.get("rua");
  const at = Math.max(0, text.search(/rua\s*=/));
  if (rua === undefined) complain("there is no rua=", text.length);
  const destinations: ReportDestination[] = [];
  for (const uri of rua === undefined ? [] : rua.split(",").map((part) => part.trim())) {
    const destination = parseDestination(uri);
    if (destination) destinations.push(destination);
    else complain(`rua= has ${show(uri)}, which is neither mailto: with an address nor an https: URL`, at);
  }
  return { text, problems, destinations };
}

function parseDestination(uri: string): ReportDestination | undefined {
  // RFC 8460 section 3: "!" and "," in a URI are percent-encoded; a size limit as DMARC has it is not part of it.
  const [, encoded = ""] = /^mailto:([^?!\s]+)(?:\?.*)?$/i.exec(uri) ?? [];
  const [, local, domain] = /^(.+)@([^@]+)$/.exec(decoded(encoded)) ?? [];
  if (local && domain && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(domain) && domain.includes("."))
    return { by: "mail", address: `${local}@${domain}`, domain: domain.toLowerCase() };
  if (/^https:\/\/[^\s!]+$/i.test(uri) && URL.canParse(uri)) return { by: "https", url: new URL(uri).href };
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
