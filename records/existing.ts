import type { DnsRecord } from "./record";

/** A record that a zone holds, as Cloudflare tells it. */
export interface ExistingRecord {
  readonly zoneId: string;
  readonly id: string;
  /** Fully qualified, lower case, without the trailing dot. */
  readonly name: string;
  readonly type: string;
  /** Seconds; 1 is automatic. */
  readonly ttl: number;
  readonly content: string;
  readonly priority?: number;
  readonly proxied: boolean;
  readonly comment: string;
  /** RFC 3339. */
  readonly createdOn: string;
}

/**
 * What becomes of a record that somebody else has put where one is to be published.
 * `leave`: it stays, and nothing is published beside it. `adopt`: it is imported as it is. `replace`: it is imported and
 * gets the content that is to be published. `merge`, of SPF: so it does, with the senders that it lists.
 */
export const adoptionChoices = ["leave", "adopt", "replace", "merge"] as const;
export type AdoptionChoice = (typeof adoptionChoices)[number];

/** A record of somebody else that keeps one from being published. */
export interface Conflict {
  readonly found: readonly ExistingRecord[];
  /** Why both can't be there. */
  readonly why: string;
  /** What can be done within the declaration. Empty where the record can only be taken away. */
  readonly choices: readonly AdoptionChoice[];
}

/**
 * What of somebody else's stands in the way of a record.
 * @param others the records of the same zone that this stack has not made
 */
export function conflictOf(
  record: DnsRecord<unknown>,
  others: readonly ExistingRecord[],
): Conflict | undefined {
  const here = others.filter(({ name }) => name === record.name);
  const aliases = here.filter(({ type }) => type === "CNAME");
  if (record.type !== "CNAME" && aliases.length > 0) {
    return {
      found: aliases,
      why: `a CNAME lets nothing stand beside it (RFC 1034 section 3.6.2)`,
      choices: isKey(record) || isAddress(record) ? [] : ["leave"],
    };
  }
  const [found, why, ...more] = rivals(record, here);
  if (found.length === 0) return undefined;
  // Without an address nothing works, and somebody else's key is no key.
  const leave: readonly AdoptionChoice[] = isAddress(record) ? [] : ["leave"];
  // As it is found, an address leads to another host.
  const adopt: readonly AdoptionChoice[] = isAddress(record) ? [] : ["adopt"];
  const one: readonly AdoptionChoice[] =
    found.length === 1 && found[0]?.type === record.type ? [...adopt, "replace", ...more] : [];
  return { found, why, choices: isKey(record) ? [] : [...leave, ...one] };
}

function isKey({ name }: DnsRecord<unknown>): boolean {
  return /^[^*][^.]*\._domainkey\./.test(name);
}

function isAddress({ type }: DnsRecord<unknown>): boolean {
  return type === "A" || type === "AAAA";
}

type Rivals = [found: ExistingRecord[], why: string, ...more: AdoptionChoice[]];

/** Those of the same name that the record can't share it with. */
function rivals(record: DnsRecord<unknown>, here: readonly ExistingRecord[]): Rivals {
  const ofType = (...types: string[]) => here.filter(({ type }) => types.includes(type));
  switch (record.type) {
    case "CNAME":
      return [[...here], "a CNAME stands alone (RFC 1034 section 3.6.2)"];
    case "MX":
      return ofType("MX").some(({ content }) => content.endsWith(".mx.cloudflare.net"))
        ? [ofType("MX"), "Cloudflare Email Routing receives the domain's mail; turn it off there first"]
        : [ofType("MX"), "senders would deliver to either host"];
    case "A":
    case "AAAA":
      return ofType("A", "AAAA").some(({ proxied }) => proxied)
        ? [
            ofType("A", "AAAA"),
            "Cloudflare's proxy, which passes no mail, answers under the mail host's name",
          ]
        : [ofType(record.type), "some of the mail would go to the other address"];
    case "SRV":
      return [ofType("SRV"), "mail programs would log in to either server"];
    case "TXT":
      return rivalTexts(record, here);
    default:
      // CAA and TLSA records add up: each says what else is right.
      return [
        ofType(record.type).filter(({ content }) => content === record.content),
        "Cloudflare takes no record twice",
      ];
  }
}

/** Where TXT records of one kind are counted, a second one makes both void. */
function rivalTexts({ name, content }: DnsRecord<unknown>, here: readonly ExistingRecord[]): Rivals {
  const texts = here.filter(({ type }) => type === "TXT");
  if (name.includes("._domainkey.")) return [texts, "verifiers would take either key"];
  const version = typeof content === "string" ? /^"(v=[A-Za-z0-9]+)/.exec(content)?.[1] : undefined;
  const same = texts.filter((record) => version !== undefined && isOf(version, unquoted(record.content)));
  if (version === "v=spf1") return [same, "two SPF records void each other (RFC 7208 section 4.5)", "merge"];
  if (version === "v=DMARC1") return [same, "two DMARC records void each other (RFC 9989 section 4.10)"];
  return [same, `two records with ${version} void each other`];
}

function isOf(version: string, text: string): boolean {
  return new RegExp(`^${version}(?![A-Za-z0-9])`, "i").test(text);
}

/** The text of a TXT record, whichever way its content is quoted. */
export function unquoted(content: string): string {
  if (!content.startsWith('"')) return content;
  return [...content.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text = ""]) => text.replace(/\\(.)/g, "$1"))
    .join("");
}

/** A record in one line, for messages. */
export function describeExisting({ name, type, content, priority, proxied }: ExistingRecord): string {
  const data = [...(priority === undefined || type !== "MX" ? [] : [priority]), content].join(" ");
  return `${name} ${type} ${data}${proxied ? " (proxied)" : ""}`;
}
