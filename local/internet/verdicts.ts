import { peerHost } from "./exim";

/** What the correspondent's mail server found out about a message and the session it came in. */
export interface Verdicts {
  /** RFC 7208 section 2.6: `pass`, `fail`, `softfail`, `neutral`, `none`, `temperror` or `permerror`. */
  readonly spf: string;
  /** One for each signature. */
  readonly dkim: readonly DkimVerdict[];
  /** RFC 7489 section 11.2: `pass`, `fail`, `none`, `temperror` or `permerror`. */
  readonly dmarc: string;
  /** The protocol's version, for example `TLS1.3`; undefined for a session in the clear. */
  readonly tls: string | undefined;
  /** Forward-confirmed reverse DNS of the client's address (RFC 8601 section 2.7.3), `pass` or a failure. */
  readonly fcrdns: string;
  /** The name in HELO or EHLO; `pass` if it resolves to the client's address. */
  readonly helo: { readonly name: string; readonly result: string };
}

export interface DkimVerdict {
  readonly domain: string;
  readonly selector: string;
  /** `rsa-sha256` or `ed25519-sha256`. */
  readonly algorithm: string;
  /** RFC 8601 section 2.7.1: `pass`, `fail`, `neutral`, `policy`, `temperror` or `permerror`. */
  readonly result: string;
}

/**
 * Reads the correspondent's own Authentication-Results field (RFC 8601).
 * @param raw a message as it lies in the correspondent's mailbox
 * @throws if it has no such field
 */
export function verdictsOf(raw: string): Verdicts {
  const results = authenticationResults(raw);
  const of = (method: string) => results.find((result) => result.method === method);
  const tls = of("x-tls");
  const helo = of("x-helo");
  return {
    spf: of("spf")?.result ?? "none",
    dkim: results
      .filter(({ method, properties }) => method === "dkim" && properties["header.d"])
      .map(({ result, properties }) => ({
        domain: properties["header.d"] ?? "",
        selector: properties["header.s"] ?? "",
        algorithm: properties["header.a"] ?? "",
        result,
      })),
    dmarc: of("dmarc")?.result ?? "none",
    tls: tls?.properties["smtp.version"],
    fcrdns: of("iprev")?.result ?? "none",
    helo: { name: helo?.properties["smtp.helo"] ?? "", result: helo?.result ?? "none" },
  };
}

/** The value of a message's first header field of the given name, unfolded. */
export function headerField(raw: string, name: string): string | undefined {
  const header = raw.split(/\r?\n\r?\n/, 1)[0] ?? "";
  const unfolded = header.replace(/\r?\n(?=[ \t])/g, "");
  return new RegExp(`^${name}:[ \t]*(.*?)\r?$`, "im").exec(unfolded)?.[1];
}

interface MethodResult {
  readonly method: string;
  readonly result: string;
  /** By type and name, for example `header.d`. */
  readonly properties: Readonly<Record<string, string>>;
}

function authenticationResults(raw: string): MethodResult[] {
  const field = headerField(raw, "Authentication-Results")?.replace(/\([^()]*\)/g, " ");
  const [server, ...results] = field?.split(";").map((part) => part.trim()) ?? [];
  if (server !== peerHost) {
    throw new Error(
      `The message has no Authentication-Results of ${peerHost} as its first:\n${raw.slice(0, 2000)}`,
    );
  }
  return results.map((text) => {
    const pairs = [...text.matchAll(/([\w.-]+)\s*=\s*(?:"([^"]*)"|(\S+))/g)].map(
      ([, key = "", quoted, plain]) => [key, quoted ?? plain ?? ""] as const,
    );
    const [[method, result] = ["", "none"], ...properties] = pairs;
    return { method, result, properties: Object.fromEntries(properties) };
  });
}
