import type { Answer, RecordData, RecordType, Resolver, Security } from "../../../../verify/dns/resolver";
import { CannotCheck } from "../../../../verify/outcome";

/**
 * What the world's DNS holds: name and type, and the records in presentation format, for example
 * `{ "example.com MX": ["10 mx.example.com"], "example.com TXT": ["v=spf1 -all"] }`. Names are without the last dot.
 */
export type Zone = Readonly<Record<string, readonly string[]>>;

export interface ZoneOptions {
  /** What DNSSEC says of a name; everything is secure otherwise. */
  readonly security?: (name: string) => Security;
  /** Names whose name servers are broken, for all types or for one: `example.com MX`. */
  readonly broken?: readonly string[];
  /** Names that are said not to exist, whatever there is below them. */
  readonly denied?: readonly string[];
  /** Names that the resolver gives no answer for, with all that is below them. */
  readonly unanswered?: readonly string[];
  /** What the name server at an address says where it differs: other records, or no proper answer at all. */
  readonly nameServers?: Readonly<Record<string, Zone | "silent" | "refuses" | "not authoritative">>;
  readonly validates?: boolean;
}

/** A resolver that knows a literal zone and nothing else; aliases are followed. */
export function zoneResolver(zone: Zone, options: ZoneOptions = {}): Resolver {
  const { security = () => "secure", broken = [], denied = [], unanswered = [], validates = true } = options;
  const names = new Set(Object.keys(zone).map((key) => key.split(" ")[0] ?? ""));
  const exists = (name: string) => [...names].some((known) => known === name || known.endsWith(`.${name}`));
  const query = async <T extends RecordType>(asked: string, type: T): Promise<Answer<T>> => {
    let name = asked.toLowerCase();
    if (unanswered.some((silent) => name === silent || name.endsWith(`.${silent}`)))
      throw new CannotCheck(`the test's resolver gave no answer to ${name} ${type}.`);
    const answer = { records: [] as RecordData[T][], ttl: 300, security: security(name) };
    const aliases: string[] = [];
    if (broken.includes(name) || broken.includes(`${name} ${type}`))
      return { ...answer, rcode: "SERVFAIL", aliases };
    while (type !== "CNAME" && zone[`${name} CNAME`] && aliases.length < 8) {
      name = zone[`${name} CNAME`]?.[0] ?? "";
      aliases.push(name);
    }
    const records = (zone[`${name} ${type}`] ?? []).map((text) => parse(type, text) as RecordData[T]);
    return {
      ...answer,
      rcode: exists(name) && !denied.includes(name) ? "NOERROR" : "NXDOMAIN",
      records,
      aliases,
    };
  };
  return {
    query,
    queryServer: async (server, name, type) => {
      const own = options.nameServers?.[server] ?? {};
      if (own === "silent") throw new CannotCheck(`${server} gave no answer to ${name} ${type}.`);
      if (own === "refuses")
        return {
          rcode: "REFUSED",
          records: [],
          aliases: [],
          ttl: 0,
          security: "unknown",
          authoritative: false,
        };
      const authoritative = own !== "not authoritative";
      const resolver = zoneResolver(
        { ...zone, ...(authoritative ? own : {}) },
        { ...options, nameServers: {} },
      );
      return { ...(await resolver.query(name, type)), authoritative };
    },
    validates,
    name: "the test's resolver",
  };
}

function parse(type: RecordType, text: string): RecordData[RecordType] {
  const [a = "", b = "", c = "", ...rest] = text.split(" ");
  const number = Number;
  switch (type) {
    case "MX":
      return { preference: number(a), exchange: b === "." ? "" : b };
    case "TXT": {
      const strings = text.startsWith('"')
        ? (JSON.parse(`[${text.replace(/" "/g, '","')}]`) as string[])
        : [text];
      return { value: strings.join(""), strings };
    }
    case "SOA":
      return { mname: a, rname: b, serial: number(c), minimum: number(rest[3]) };
    case "CAA":
      return { flags: number(a), tag: b, value: [c, ...rest].join(" ").replace(/^"|"$/g, "") };
    case "TLSA":
      return {
        usage: number(a),
        selector: number(b),
        matchingType: number(c),
        data: rest.join("").toLowerCase(),
      };
    case "SRV":
      return {
        priority: number(a),
        weight: number(b),
        port: number(c),
        target: rest[0] === "." ? "" : (rest[0] ?? ""),
      };
    case "DS":
      return { keyTag: number(a), algorithm: number(b), digestType: number(c), digest: rest.join("") };
    case "DNSKEY":
      return { flags: number(a), algorithm: number(c), key: rest.join("") };
    default:
      return text;
  }
}
