import { createHash } from "node:crypto";
import type { Resolver } from "../dns/resolver";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import { parseTagList } from "../tag-list";
import { accountOf, domainOf } from "./account-check";
import { delivery } from "./delivery";
import { fieldsOf } from "./header";

/** One DKIM-Signature of the message that arrived. */
export interface Signature {
  /** The signing domain, d=. */
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: string;
  /** The names in h=, in lower case. */
  readonly signedHeaders: readonly string[];
  /** Whether l= limits what of the body is signed. */
  readonly limited: boolean;
  /** "pass", or what a receiver would say (RFC 8601 section 2.7.1). */
  readonly result: string;
  /** Why it does not pass. */
  readonly why: string;
  /** With the domain in From, by the relaxed mode of RFC 9989. */
  readonly aligned: boolean;
}

/**
 * The signatures on the message that the account has sent to itself, verified with the keys in DNS as it is now.
 * @throws NamedBy as `delivery` does, CannotCheck when DNS does not answer
 */
export function signatures(subject: Subject): Promise<readonly Signature[]> {
  const { address } = accountOf(subject);
  return subject.once(`signatures of ${address}`, async () => {
    const { source } = await delivery(subject);
    const { dkimVerify } = await import("mailauth/lib/dkim/verify.js");
    const { results } = await dkimVerify(source, {
      resolver: resolverOver(subject.dns),
      curTime: subject.now,
    });
    const from = domainOf(address);
    return fieldsOf(source)
      .filter(({ name }) => name === "dkim-signature")
      .map(({ value }) => {
        const { tags } = parseTagList(value);
        const bytes = Buffer.from((tags.get("b") ?? "").replace(/\s/g, ""), "base64");
        // So does mailauth name a signature; it leaves out one that it can make nothing of.
        const id = createHash("sha256").update(bytes).digest("hex");
        const { status } = results.find((result) => result.id === id) ?? {};
        if (status?.result === "temperror")
          throw new CannotCheck(`DKIM could not be verified: ${status.comment}`);
        const domain = (tags.get("d") ?? "").toLowerCase();
        return {
          domain,
          selector: (tags.get("s") ?? "").toLowerCase(),
          algorithm: (tags.get("a") ?? "").toLowerCase(),
          signedHeaders: (tags.get("h") ?? "")
            .toLowerCase()
            .split(":")
            .map((header) => header.trim()),
          limited: tags.has("l"),
          result: status?.result ?? "neutral",
          why: status?.comment ?? status?.policy?.["dkim-rules"] ?? "it can't be read",
          aligned: isAligned(domain, from),
        };
      });
  });
}

/** Of the organizational domains only those are told apart that are not above or below one another. */
function isAligned(domain: string, from: string): boolean {
  const [short = "", long = ""] = [domain, from].sort((a, b) => a.length - b.length);
  return short.includes(".") && (short === long || long.endsWith(`.${short}`));
}

/** DNS as Node's `dns.resolve` gives it, which mailauth asks for. */
function resolverOver(dns: Resolver): (name: string, type: string) => Promise<string[][]> {
  return async (name) => {
    const { rcode, records } = await dns.query(name, "TXT");
    if (records.length > 0) return records.map(({ strings }) => [...strings]);
    const code = { NXDOMAIN: "ENOTFOUND", NOERROR: "ENODATA" }[rcode as string] ?? "ESERVFAIL";
    throw Object.assign(new Error(`${name} TXT: ${rcode}`), { code });
  };
}

/** "selector rsa2026 of example.com (rsa-sha256)" */
export function nameOf({ selector, domain, algorithm }: Signature): string {
  return `selector ${selector} of ${domain} (${algorithm})`;
}
