/** A list of addresses or domains with a bad reputation, that is asked by DNS (RFC 5782). */
export interface BlockList {
  readonly zone: string;
  /** What is asked for to see whether it answers: one entry that is listed always, one that never is (section 5). */
  readonly test: { readonly listed: string; readonly clear: string };
  /** What the addresses that it answers with mean; others say nothing. */
  readonly codes: Readonly<Record<string, string>>;
  /** Where the last octet is a sum: what each bit means. */
  readonly bits?: Readonly<Record<number, string>>;
  /** Answers that are no listing: the list does not serve this resolver. */
  readonly refusals: readonly string[];
  /** Whether big receivers refuse mail for it; of others a listing is a warning. */
  readonly decides: boolean;
  /** Whether IPv6 addresses can be asked for. */
  readonly ipv6?: boolean;
  /** Where to see why, and to be taken off it. */
  readonly page: string;
}

const spamhausRefusals = ["127.255.255.252", "127.255.255.254", "127.255.255.255"];
/** RFC 5782 section 5. */
const addressTest = { listed: "2.0.0.127", clear: "1.0.0.127" };
const clear = "invalid";

export const addressLists: readonly BlockList[] = [
  {
    zone: "zen.spamhaus.org",
    test: addressTest,
    codes: {
      "127.0.0.2": "SBL, a source of spam",
      "127.0.0.3": "CSS, a source of spam seen by sensors",
      "127.0.0.4": "XBL, a broken-into or infected host",
      "127.0.0.9": "DROP, a network of criminals",
      "127.0.0.10": "PBL, not to send mail according to its provider",
      "127.0.0.11": "PBL, not to send mail according to Spamhaus",
      "127.0.0.30": "BCL, control of a botnet",
    },
    refusals: spamhausRefusals,
    decides: true,
    ipv6: true,
    page: "https://check.spamhaus.org/",
  },
  {
    zone: "b.barracudacentral.org",
    test: addressTest,
    codes: { "127.0.0.2": "a source of spam" },
    refusals: [],
    decides: true,
    page: "https://www.barracudacentral.org/rbl/removal-request",
  },
  {
    zone: "bl.spamcop.net",
    test: addressTest,
    codes: { "127.0.0.2": "reported as a source of spam" },
    refusals: [],
    decides: true,
    page: "https://www.spamcop.net/bl.shtml",
  },
  {
    zone: "psbl.surriel.com",
    test: addressTest,
    codes: { "127.0.0.2": "has sent mail to a spam trap" },
    refusals: [],
    decides: false,
    page: "https://psbl.org/remove",
  },
  {
    zone: "dnsbl-1.uceprotect.net",
    test: addressTest,
    codes: { "127.0.0.2": "has sent mail to a spam trap in the last seven days" },
    refusals: [],
    decides: false,
    page: "https://www.uceprotect.net/en/rblcheck.php",
  },
];

export const domainLists: readonly BlockList[] = [
  {
    zone: "dbl.spamhaus.org",
    test: { listed: "dbltest.com", clear },
    codes: {
      "127.0.1.2": "a domain of low reputation",
      "127.0.1.4": "phishing",
      "127.0.1.5": "malware",
      "127.0.1.6": "control of a botnet",
      "127.0.1.102": "a good domain that is abused for spam",
      "127.0.1.103": "a good domain whose redirector is abused",
      "127.0.1.104": "a good domain that is abused for phishing",
      "127.0.1.105": "a good domain that is abused for malware",
      "127.0.1.106": "a good domain that is abused for control of a botnet",
    },
    refusals: [...spamhausRefusals, "127.0.1.255"],
    decides: true,
    page: "https://check.spamhaus.org/",
  },
  {
    zone: "multi.surbl.org",
    test: { listed: "test.surbl.org", clear },
    codes: {},
    bits: { 8: "phishing", 16: "malware", 64: "seen in spam", 128: "a site that was broken into" },
    refusals: ["127.0.0.1"],
    decides: true,
    page: "https://surbl.org/surbl-analysis",
  },
  {
    zone: "multi.uribl.com",
    test: { listed: "test.uribl.com", clear },
    codes: {},
    bits: { 2: "black, of spammers", 4: "grey, of bulk mail", 8: "red, young or hidden and seen in mail" },
    refusals: ["127.0.0.1"],
    decides: false,
    page: "https://admin.uribl.com/",
  },
];

/** What an answer of a list means. */
export type Verdict =
  | { readonly kind: "clear" }
  | { readonly kind: "listed"; readonly meanings: readonly string[] }
  /** @property why a clause for "it ..." */
  | { readonly kind: "unusable"; readonly why: string };

/** @param answers the addresses that a list answers with; none for what it does not list */
export function interpret(list: BlockList, answers: readonly string[]): Verdict {
  if (answers.length === 0) return { kind: "clear" };
  const refusal = answers.find((answer) => list.refusals.includes(answer));
  if (refusal) return { kind: "unusable", why: `refuses this resolver with ${refusal}` };
  const meanings = answers.flatMap((answer) => meaningsOf(list, answer));
  // An address outside 127.0.0.0/8 is of whoever has the zone now (RFC 5782 section 2.1).
  if (meanings.length === 0)
    return { kind: "unusable", why: `answers ${answers.join(", ")}, which means nothing known` };
  return { kind: "listed", meanings };
}

function meaningsOf({ codes, bits = {} }: BlockList, answer: string): readonly string[] {
  const meaning = codes[answer];
  if (meaning) return [meaning];
  if (!answer.startsWith("127.0.0.")) return [];
  const sum = Number(answer.slice(answer.lastIndexOf(".") + 1));
  return Object.entries(bits).flatMap(([bit, text]) => (sum & Number(bit) ? [text] : []));
}
