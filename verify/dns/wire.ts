import {
  AUTHENTIC_DATA,
  type CaaData,
  CHECKING_DISABLED,
  type DecodedPacket,
  type DnskeyData,
  type DsData,
  decode,
  encode,
  type MxData,
  RECURSION_DESIRED,
  type SoaData,
  type SrvData,
  type TlsaData,
} from "dns-packet";
import type { Answer, RecordData, RecordType } from "./resolver";

export interface Question {
  /** Lower case, without the last dot; the root is the empty name. */
  readonly name: string;
  readonly type: RecordType;
  /** Whether the server is to ask others, and to say by AD what DNSSEC says (RFC 6840 section 5.7). */
  readonly recursion: boolean;
  /** Wants the data even where DNSSEC says that it is wrong (RFC 4035 section 3.2.2). */
  readonly checkingDisabled?: boolean;
}

/** What is read of a server's reply. */
export interface Reply<T extends RecordType = RecordType> extends Omit<Answer<T>, "security"> {
  readonly truncated: boolean;
  readonly authoritative: boolean;
  /** AD: the resolver has validated it. */
  readonly authentic: boolean;
}

/** Fits into one packet on every path (DNS Flag Day 2020). */
const udpPayloadSize = 1232;
/** Resolvers follow about as many. */
const aliasLimit = 16;

/**
 * @param id 16 bits
 * @param edns false for servers that choke on EDNS0 (RFC 6891 section 6.2.2)
 */
export function encodeQuestion(question: Question, id: number, edns: boolean): Buffer {
  const { name, type, recursion, checkingDisabled } = question;
  const flags =
    (recursion ? RECURSION_DESIRED | AUTHENTIC_DATA : 0) | (checkingDisabled ? CHECKING_DISABLED : 0);
  return encode({
    type: "query",
    id,
    flags,
    questions: [{ name: name || ".", type }],
    additionals: edns
      ? [
          {
            type: "OPT",
            name: ".",
            udpPayloadSize,
            extendedRcode: 0,
            ednsVersion: 0,
            flags: 0,
            flag_do: false,
            options: [],
          },
        ]
      : [],
  });
}

/** @returns undefined for what is malformed, or no reply to this very question */
export function decodeReply<T extends RecordType>(
  bytes: Buffer,
  question: Question & { readonly type: T },
  id: number,
): Reply<T> | undefined {
  try {
    // Its types leave out the rcode.
    const packet = decode(bytes) as DecodedPacket & { readonly rcode: string };
    const [asked, ...more] = packet.questions ?? [];
    const matches =
      packet.id === id &&
      packet.flag_qr &&
      more.length === 0 &&
      canonical(asked?.name ?? "") === question.name &&
      asked?.type === question.type &&
      asked.class === "IN";
    return matches ? read(packet, question) : undefined;
  } catch {
    return undefined;
  }
}

function read<T extends RecordType>(
  packet: DecodedPacket & { readonly rcode: string },
  { name, type }: Question & { readonly type: T },
): Reply<T> {
  const opt = packet.additionals?.find((record) => record.type === "OPT");
  const rcode = opt?.type === "OPT" && opt.extendedRcode > 0 ? "OTHER" : packet.rcode;
  const found = (packet.answers ?? []).flatMap((record) =>
    "class" in record && record.class === "IN"
      ? [{ name: canonical(record.name), type: record.type, ttl: record.ttl ?? 0, data: record.data }]
      : [],
  );
  const aliases: string[] = [];
  let end = name;
  while (type !== "CNAME" && aliases.length < aliasLimit) {
    const alias = found.find((record) => record.type === "CNAME" && record.name === end);
    if (!alias) break;
    end = canonical(String(alias.data));
    aliases.push(end);
  }
  const convert = converters[type] as (data: unknown) => RecordData[T];
  // A name that does not exist has no records, whatever is sent with that answer.
  const own = rcode === "NXDOMAIN" ? [] : found.filter((r) => r.type === type && r.name === end);
  return {
    rcode: isKnown(rcode) ? rcode : "OTHER",
    records: own.map(({ data }) => convert(data)),
    aliases,
    ttl: found.length > 0 ? Math.min(...found.map(({ ttl }) => ttl)) : 0,
    truncated: packet.flag_tc,
    authoritative: packet.flag_aa,
    authentic: packet.flag_ad,
  };
}

/** Lower case, without the last dot. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function isKnown(rcode: string): rcode is Answer["rcode"] {
  return ["NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED"].includes(rcode);
}

/** From what dns-packet makes of each type. */
interface Wire {
  A: string;
  AAAA: string;
  CNAME: string;
  NS: string;
  PTR: string;
  MX: MxData;
  TXT: readonly Buffer[];
  SOA: SoaData;
  CAA: CaaData;
  TLSA: TlsaData;
  SRV: SrvData;
  DS: DsData;
  DNSKEY: DnskeyData;
}

const converters: { readonly [T in RecordType]: (data: Wire[T]) => RecordData[T] } = {
  A: (address) => address,
  // The URL parser knows the one way to write it (RFC 5952).
  AAAA: (address) => new URL(`http://[${address}]`).hostname.slice(1, -1),
  CNAME: canonical,
  NS: canonical,
  PTR: canonical,
  MX: ({ preference = 0, exchange }) => ({ preference, exchange: canonical(exchange) }),
  TXT: (strings) => ({
    value: Buffer.concat(strings).toString("utf8"),
    strings: strings.map((string) => string.toString("utf8")),
  }),
  SOA: ({ mname, rname, serial = 0, minimum = 0 }) => ({
    mname: canonical(mname),
    rname: canonical(rname),
    serial,
    minimum,
  }),
  CAA: ({ flags = 0, tag, value }) => ({ flags, tag, value }),
  TLSA: ({ usage, selector, matchingType, certificate }) => ({
    usage,
    selector,
    matchingType,
    data: certificate.toString("hex"),
  }),
  SRV: ({ priority = 0, weight = 0, port, target }) => ({
    priority,
    weight,
    port,
    target: canonical(target),
  }),
  DS: ({ keyTag, algorithm, digestType, digest }) => ({
    keyTag,
    algorithm,
    digestType,
    digest: digest.toString("hex"),
  }),
  DNSKEY: ({ flags, algorithm, key }) => ({ flags, algorithm, key: key.toString("base64") }),
};
