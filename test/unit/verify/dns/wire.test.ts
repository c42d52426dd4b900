import { type Answer, decode, encode } from "dns-packet";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordType } from "../../../../verify/dns/resolver";
import { decodeReply, encodeQuestion } from "../../../../verify/dns/wire";

const label = fc.stringMatching(/^[a-z0-9_-]{1,20}$/);
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
const byte = fc.nat(255);
const word = fc.nat(65_535);
const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array));
const text = fc.string({ maxLength: 60, unit: "grapheme-ascii" });
const v6 = fc
  .array(word, { minLength: 8, maxLength: 8 })
  .map((words) => words.map((w) => w.toString(16)).join(":"));

/** Of each type what a server sends, and what is read of it. */
const samples: Record<RecordType, fc.Arbitrary<{ sent: unknown; read: unknown }>> = {
  A: same(fc.tuple(byte, byte, byte, byte).map((octets) => octets.join("."))),
  AAAA: v6.map((sent) => ({ sent, read: new URL(`http://[${sent}]`).hostname.slice(1, -1) })),
  CNAME: same(name),
  NS: same(name),
  PTR: same(name),
  MX: same(fc.record({ preference: word, exchange: name })),
  TXT: fc.array(text, { minLength: 1, maxLength: 5 }).map((strings) => ({
    sent: strings,
    read: { strings, value: strings.join("") },
  })),
  SOA: fc
    .record({ mname: name, rname: name, serial: fc.nat(), minimum: fc.nat() })
    .map((read) => ({ sent: { ...read, refresh: 1, retry: 2, expire: 3 }, read })),
  CAA: same(
    fc.record({ flags: byte, tag: fc.constantFrom("issue", "issuewild", "issuemail", "iodef"), value: text }),
  ),
  TLSA: fc
    .record({ usage: byte, selector: byte, matchingType: byte, data: bytes })
    .map(({ data, ...rest }) => ({
      sent: { ...rest, certificate: data },
      read: { ...rest, data: data.toString("hex") },
    })),
  SRV: same(fc.record({ priority: word, weight: word, port: word, target: name })),
  DS: fc
    .record({ keyTag: word, algorithm: byte, digestType: byte, digest: bytes })
    .map((sent) => ({ sent, read: { ...sent, digest: sent.digest.toString("hex") } })),
  DNSKEY: fc
    .record({ flags: word, algorithm: byte, key: bytes })
    .map((sent) => ({ sent, read: { ...sent, key: sent.key.toString("base64") } })),
};

function same<T>(values: fc.Arbitrary<T>): fc.Arbitrary<{ sent: T; read: T }> {
  return values.map((value) => ({ sent: value, read: value }));
}

const types = Object.keys(samples) as RecordType[];

/** A server's reply to a question, in bytes. */
function reply(question: { name: string; type: RecordType }, id: number, answers: readonly Answer[]): Buffer {
  return encode({ type: "response", id, questions: [question], answers: structuredCloned(answers) });
}

/** dns-packet changes what it is given to encode. */
function structuredCloned(answers: readonly Answer[]): Answer[] {
  return answers.map((answer) => ({ ...answer }));
}

describe("what is read of a reply", () => {
  for (const type of types)
    it(`is what was sent, for ${type}`, () => {
      fc.assert(
        fc.property(name, samples[type], fc.nat(65_535), fc.nat(86_400), (owner, { sent, read }, id, ttl) => {
          const answer = { name: owner.toUpperCase(), type, ttl, data: structuredClone(sent) } as Answer;
          restoreBuffers(answer);
          const question = { name: owner, type, recursion: true };
          expect(decodeReply(reply(question, id, [answer]), question, id)).toMatchObject({
            rcode: "NOERROR",
            records: [read],
            ttl,
          });
        }),
      );
    });

  it("is nothing for what is no reply to the question", () => {
    const question = { name: "example.com", type: "A", recursion: true } as const;
    const right = reply(question, 7, [{ name: "example.com", type: "A", data: "192.0.2.1" }]);
    expect(decodeReply(right, question, 7)?.records).toEqual(["192.0.2.1"]);
    expect(decodeReply(right, question, 8)).toBeUndefined();
    expect(decodeReply(right, { ...question, name: "example.org" }, 7)).toBeUndefined();
    expect(decodeReply(right, { ...question, type: "AAAA" }, 7)).toBeUndefined();
    expect(decodeReply(encodeQuestion(question, 7, true), question, 7)).toBeUndefined();
  });

  it("is nothing or a reply, never an error, for any bytes", () => {
    const question = { name: "example.com", type: "MX", recursion: true } as const;
    const whole = reply(question, 7, [
      { name: "example.com", type: "MX", data: { preference: 1, exchange: "mx.example.com" } },
    ]);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), byte, fc.nat(whole.length), (at, value, end) => {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        decodeReply(damaged.subarray(0, end), question, 7);
        decodeReply(damaged, question, 7);
      }),
      { numRuns: 2000 },
    );
  });

  it("follows aliases to their end, and leaves out what is under other names", () => {
    const question = { name: "www.example.com", type: "A", recursion: true } as const;
    const bytes = reply(question, 1, [
      { name: "other.example.com", type: "A", data: "192.0.2.9" },
      { name: "b.example.net", type: "A", ttl: 30, data: "192.0.2.1" },
      { name: "a.example.com", type: "CNAME", ttl: 90, data: "B.example.net" },
      { name: "www.example.com", type: "CNAME", ttl: 90, data: "a.example.com" },
    ]);
    expect(decodeReply(bytes, question, 1)).toMatchObject({
      aliases: ["a.example.com", "b.example.net"],
      records: ["192.0.2.1"],
    });
  });

  it("ends for aliases that lead to each other", () => {
    const question = { name: "a.example.com", type: "A", recursion: true } as const;
    const bytes = reply(question, 1, [
      { name: "a.example.com", type: "CNAME", data: "b.example.com" },
      { name: "b.example.com", type: "CNAME", data: "a.example.com" },
    ]);
    const read = decodeReply(bytes, question, 1);
    expect([read?.records.length, read?.aliases.length]).toEqual([0, 16]);
  });

  it("holds no address of a name that is said not to exist", () => {
    const question = { name: "example.com", type: "A", recursion: true } as const;
    const bytes = reply(question, 1, [{ name: "example.com", type: "A", data: "192.0.2.1" }]);
    bytes[3] = (bytes[3] ?? 0) | 3;
    expect(decodeReply(bytes, question, 1)).toMatchObject({ rcode: "NXDOMAIN", records: [] });
  });
});

describe("a question", () => {
  it("says recursion, AD and CD as asked for, and offers EDNS0 of 1232 bytes", () => {
    const name = "example.com";
    const packet = decode(
      encodeQuestion({ name, type: "TXT", recursion: true, checkingDisabled: true }, 5, true),
    );
    expect(packet).toMatchObject({ id: 5, flag_rd: true, flag_ad: true, flag_cd: true });
    expect(packet.questions).toMatchObject([{ name, type: "TXT" }]);
    expect(packet.additionals).toMatchObject([{ type: "OPT", udpPayloadSize: 1232 }]);
    const plain = decode(encodeQuestion({ name: "", type: "SOA", recursion: false }, 5, false));
    expect(plain).toMatchObject({ flag_rd: false, flag_ad: false, flag_cd: false, additionals: [] });
    expect(plain.questions).toMatchObject([{ name: ".", type: "SOA" }]);
  });
});

/** A structured clone makes a Uint8Array of a Buffer. */
function restoreBuffers(answer: object): void {
  for (const [key, value] of Object.entries(answer))
    if (value instanceof Uint8Array) Object.assign(answer, { [key]: Buffer.from(value) });
    else if (value && typeof value === "object") restoreBuffers(value);
}
