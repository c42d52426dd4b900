import { isIPv4, isIPv6 } from "node:net";
import type { DnsRecordArgs } from "@pulumi/cloudflare";
import { absolute } from "../../record-sets";
import type { Plain } from "../plain";
import { isDomainName, plainName } from "./host-name";
import { normalizeTxt } from "./txt";

/** What a record says, in Cloudflare's words and in the zone file's. */
export interface RecordContent {
  /** As the API returns it. */
  readonly content: string;
  /** In presentation format. */
  readonly rdata: string;
}

/** A type whose records have `content`, or one whose records have `data`. */
interface RecordType {
  readonly takes: "content" | "data";
  /** @returns what is wrong, with the API's code */
  problem(record: Plain<DnsRecordArgs>): string | undefined;
  render(record: Plain<DnsRecordArgs>): RecordContent;
  /** The data of a record in presentation format, of types that have data. */
  parse?(content: string): Data;
}

type Data = NonNullable<Plain<DnsRecordArgs>["data"]>;

/** https://developers.cloudflare.com/dns/manage-dns-records/reference/dns-record-types/ */
export const recordTypes: Readonly<Record<string, RecordType>> = {
  A: {
    takes: "content",
    problem: ({ content = "" }) =>
      isIPv4(content) ? undefined : "9005: Content for A record must be a valid IPv4 address",
    render: ({ content = "" }) => ({ content, rdata: content }),
  },
  AAAA: {
    takes: "content",
    problem: ({ content = "" }) =>
      isIPv6(content) ? undefined : "9006: Content for AAAA record must be a valid IPv6 address",
    render: ({ content = "" }) => ({ content: canonicalIPv6(content), rdata: canonicalIPv6(content) }),
  },
  CNAME: named("CNAME", 9007),
  MX: {
    takes: "content",
    // A null MX (RFC 7505) has the root as its host.
    problem: ({ content = "", priority }) => {
      if (priority === undefined) return "9102: priority is required for MX records, 0 to 65535";
      return content === "." || isDomainName(content)
        ? undefined
        : "9009: Content for MX record must be a hostname";
    },
    render: ({ content = "", priority }) => ({
      content: content === "." ? "." : plainName(content),
      rdata: `${priority} ${absolute(content)}`,
    }),
  },
  NS: named("NS", 9008),
  PTR: named("PTR", 9010),
  TXT: {
    takes: "content",
    problem: ({ content = "" }) => {
      const normal = normalizeTxt(content);
      if (normal === undefined) return "9207: Content for TXT record has quotes that do not pair up";
      return normal.length > 4096
        ? `9207: Content for TXT record has ${normal.length} bytes, 4096 are allowed`
        : undefined;
    },
    render: ({ content = "" }) => {
      const normal = normalizeTxt(content) ?? "";
      return { content: normal, rdata: normal };
    },
  },
  CAA: {
    takes: "data",
    problem: ({ data }) => missing(data, ["flags", "tag", "value"]),
    render: ({ data }) => same(`${data?.flags} ${data?.tag} "${data?.value?.replace(/["\\]/g, "\\$&")}"`),
    parse: (content) => {
      const [, flags, tag, value = ""] = /^(\S+)\s+(\S+)\s+"?(.*?)"?$/.exec(content) ?? [];
      return { flags: Number(flags), tag, value: value.replace(/\\(["\\])/g, "$1") };
    },
  },
  SRV: {
    takes: "data",
    problem: ({ data, priority }) => {
      if (priority === undefined) return "9102: priority is required for SRV records, beside the one in data";
      return missing(data, ["priority", "weight", "port", "target"]);
    },
    render: ({ data }) => {
      const rest = `${data?.priority} ${data?.weight} ${data?.port}`;
      const target = data?.target ?? "";
      return {
        content: `${rest} ${target === "." ? "." : plainName(target)}`,
        rdata: `${rest} ${absolute(target)}`,
      };
    },
    parse: (content) => {
      const [priority, weight, port, target] = content.split(/\s+/);
      return { priority: Number(priority), weight: Number(weight), port: Number(port), target };
    },
  },
  SSHFP: {
    takes: "data",
    problem: ({ data }) => missing(data, ["algorithm", "type", "fingerprint"]),
    render: ({ data }) => same(`${data?.algorithm} ${data?.type} ${data?.fingerprint}`),
    parse: (content) => {
      const [algorithm, type, ...fingerprint] = content.split(/\s+/);
      return { algorithm: Number(algorithm), type: Number(type), fingerprint: fingerprint.join("") };
    },
  },
  TLSA: {
    takes: "data",
    problem: ({ data }) =>
      missing(data, ["usage", "selector", "matchingType", "certificate"]) ??
      (/^([0-9a-f]{2})+$/i.test(data?.certificate ?? "")
        ? undefined
        : "9207: data.certificate must be hexadecimal"),
    render: ({ data }) => same(`${data?.usage} ${data?.selector} ${data?.matchingType} ${data?.certificate}`),
    parse: (content) => {
      const [usage, selector, matchingType, ...certificate] = content.split(/\s+/);
      return {
        usage: Number(usage),
        selector: Number(selector),
        matchingType: Number(matchingType),
        certificate: certificate.join(""),
      };
    },
  },
};

/** @throws for a type that the local cloud does not serve */
export function rendered(record: Plain<DnsRecordArgs>): RecordContent {
  const type = recordTypes[record.type];
  if (!type) throw new Error(`the local cloud does not serve ${record.type} records`);
  return type.render(record);
}

/** Types of the real service that the local cloud does not serve. */
export const otherTypes = [
  "CERT",
  "DNSKEY",
  "DS",
  "HTTPS",
  "LOC",
  "NAPTR",
  "OPENPGPKEY",
  "SMIMEA",
  "SVCB",
  "URI",
];

function named(type: string, code: number): RecordType {
  return {
    takes: "content",
    problem: ({ content = "" }) =>
      isDomainName(content) ? undefined : `${code}: Content for ${type} record must be a hostname`,
    render: ({ content = "" }) => ({ content: plainName(content), rdata: absolute(content) }),
  };
}

function missing(data: Plain<DnsRecordArgs>["data"], keys: readonly string[]): string | undefined {
  const absent = keys.filter(
    (key) => (data as Readonly<Record<string, unknown>> | undefined)?.[key] === undefined,
  );
  return absent.length ? `9207: data needs ${absent.join(", ")}` : undefined;
}

function same(content: string): RecordContent {
  return { content, rdata: content };
}

/** RFC 5952, as the URL standard serializes addresses. */
function canonicalIPv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
