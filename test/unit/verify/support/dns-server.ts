import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import {
  type Answer,
  AUTHENTIC_DATA,
  AUTHORITATIVE_ANSWER,
  CHECKING_DISABLED,
  type DecodedPacket,
  decode,
  encode,
  type Packet,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
} from "dns-packet";
import { onTestFinished } from "vitest";

/** A question as it came. */
export interface Asked {
  readonly name: string;
  readonly type: string;
  readonly transport: "udp" | "tcp";
  readonly recursion: boolean;
  readonly wantsSecurity: boolean;
  readonly checkingDisabled: boolean;
  readonly edns: boolean;
}

export interface Said {
  /** @default "NOERROR" */
  readonly rcode?: keyof typeof rcodes;
  readonly answers?: readonly Answer[];
  readonly authentic?: boolean;
  readonly authoritative?: boolean;
  readonly truncated?: boolean;
  /** What else a server may get wrong: applied to the reply before it is put into bytes. */
  readonly spoil?: (reply: Packet) => Packet;
}

const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 };

/** What a server answers: a reply, bytes as they are, several in that order, or nothing. */
export type Script = (asked: Asked) => Said | Buffer | undefined | readonly (Said | Buffer)[];

export interface DnsServer {
  /** As the resolver takes it: `IP#port`. */
  readonly address: string;
  readonly asked: readonly Asked[];
}

/** A name server on the loopback, by UDP and TCP, for the test that is running. */
export async function dnsServer(script: Script): Promise<DnsServer> {
  const asked: Asked[] = [];
  const take = (bytes: Buffer, transport: Asked["transport"]): Buffer[] => {
    const query = decode(bytes);
    const [question] = query.questions ?? [];
    const flags = query.flags ?? 0;
    const one: Asked = {
      name: question?.name ?? "",
      type: question?.type ?? "",
      transport,
      recursion: (flags & RECURSION_DESIRED) > 0,
      wantsSecurity: (flags & AUTHENTIC_DATA) > 0,
      checkingDisabled: (flags & CHECKING_DISABLED) > 0,
      edns: (query.additionals ?? []).some(({ type }) => type === "OPT"),
    };
    asked.push(one);
    const said = script(one) ?? [];
    return [said].flat().map((reply) => (Buffer.isBuffer(reply) ? reply : toBytes(query, reply)));
  };

  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      for (const reply of take(chunk.subarray(2), "tcp")) {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([length, reply]));
      }
    });
  });
  const sockets = new Set<Socket>();
  tcp.listen(0, "127.0.0.1");
  await once(tcp, "listening");
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket("udp4");
  udp.on("message", (bytes, from) => {
    for (const reply of take(bytes, "udp")) udp.send(reply, from.port, from.address);
  });
  udp.bind(port, "127.0.0.1");
  await once(udp, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    tcp.close();
    udp.close();
  });
  return { address: `127.0.0.1#${port}`, asked };
}

function toBytes(query: DecodedPacket, said: Said): Buffer {
  const {
    rcode = "NOERROR",
    answers = [],
    authentic,
    authoritative,
    truncated,
    spoil = (reply) => reply,
  } = said;
  const reply: Packet = {
    type: "response",
    id: query.id,
    flags:
      RECURSION_AVAILABLE |
      rcodes[rcode] |
      (authentic ? AUTHENTIC_DATA : 0) |
      (authoritative ? AUTHORITATIVE_ANSWER : 0) |
      (truncated ? TRUNCATED_RESPONSE : 0),
    questions: query.questions,
    answers: [...answers],
  };
  return encode(spoil(reply));
}
