import { connect } from "node:net";
import * as dnsPacket from "dns-packet";

export interface DnsAnswer {
  /** In presentation format; the strings of a TXT record joined (RFC 7208 section 3.3). */
  readonly values: readonly string[];
  /** The resolver validated the answer by DNSSEC (RFC 4035 section 3.2.3). */
  readonly authentic: boolean;
}

/**
 * Asks a validating resolver over TCP, so that no answer is ever truncated.
 * @throws when it does not answer within 10 s, or answers with an error
 */
export function ask(resolver: string, name: string, type: "A" | "MX" | "TXT" | "PTR"): Promise<DnsAnswer> {
  const query = dnsPacket.streamEncode({
    type: "query",
    id: 1,
    flags: dnsPacket.RECURSION_DESIRED | dnsPacket.AUTHENTIC_DATA,
    questions: [{ type, name, class: "IN" }],
  });
  return new Promise((resolve, reject) => {
    const socket = connect({ host: resolver, port: 53, timeout: 10_000 }, () => socket.write(query));
    const failed = (why: string) => {
      socket.destroy();
      reject(new Error(`${name} ${type}: ${resolver} ${why}`));
    };
    const chunks: Buffer[] = [];
    socket.on("timeout", () => failed("did not answer within 10 s"));
    socket.on("error", (error) => failed(error.message));
    socket.on("end", () => failed("closed the connection without an answer"));
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      const received = Buffer.concat(chunks);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const { rcode, answers = [], flag_ad } = decode(received);
      if (rcode !== "NOERROR") return failed(`answered ${rcode}`);
      socket.destroy();
      const values = answers.flatMap((answer) => (answer.type === type ? [text(answer)] : []));
      resolve({ values, authentic: flag_ad });
    });
  });
}

/** The decoder gives the response code and the flags as fields that its types leave out. */
function decode(message: Buffer) {
  return dnsPacket.streamDecode(message) as dnsPacket.DecodedPacket & { rcode: string };
}

function text(answer: dnsPacket.Answer): string {
  switch (answer.type) {
    case "MX":
      return `${answer.data.preference} ${answer.data.exchange}`;
    case "TXT":
      return Buffer.concat([answer.data].flat().map((part) => Buffer.from(part))).toString();
    case "A":
    case "PTR":
      return answer.data;
    default:
      throw new Error(`unexpected answer of type ${answer.type}`);
  }
}
