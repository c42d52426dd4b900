import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerLimit, readAnswer } from "../../../../verify/tls/answer";
import { clientHello } from "../../../../verify/tls/hello";
import { suiteOf, suites } from "../../../../verify/tls/suites";
import { version } from "../../../../verify/tls/versions";
import { alert, hear, record, serverHello } from "../support/tls-hello";

const offer = {
  version: version.tls12,
  suites: [0xc02f, 0x002f],
  groups: [29, 23],
  servername: "mx.example.com",
};

describe("a ClientHello", () => {
  it("offers up to TLS 1.2 what it is told, with the extensions that are asked about", () => {
    const bytes = clientHello({ ...offer, compression: true });
    expect([bytes[0], bytes.readUInt16BE(1), bytes.readUInt16BE(3)]).toEqual([22, 0x0301, bytes.length - 5]);
    const { extensions, ...heard } = hear(bytes.subarray(9));
    expect(heard).toEqual({ version: 0x0303, suites: offer.suites, compressions: [1, 0] });
    expect(extensions.get(0)?.toString()).toContain("mx.example.com");
    expect(extensions.get(10)?.toString("hex")).toBe("0004001d0017");
    expect([extensions.has(23), extensions.get(0xff01)?.toString("hex")]).toEqual([true, "00"]);
    expect(extensions.has(43)).toBe(false);
  });

  it("offers TLS 1.3 alone, in the guise of 1.2", () => {
    const heard = hear(clientHello({ ...offer, version: version.tls13 }).subarray(9));
    expect([heard.version, heard.extensions.get(43)?.toString("hex")]).toEqual([0x0303, "020304"]);
    expect(heard.extensions.get(51)).toHaveLength(38);
  });

  it("offers SSL 3.0 without extensions", () => {
    const bytes = clientHello({ ...offer, version: version.ssl3 });
    expect([bytes.readUInt16BE(1), bytes.readUInt16BE(9)]).toEqual([0x0300, 0x0300]);
    expect(bytes.length).toBe(5 + 4 + 2 + 32 + 1 + 2 + 4 + 2);
  });

  it("does not send an address as the server's name", () => {
    expect(hear(clientHello({ ...offer, servername: "192.0.2.1" }).subarray(9)).extensions.has(0)).toBe(
      false,
    );
  });
});

describe("the answer to a ClientHello", () => {
  const ecdhe = { suite: 0xc02f, keyExchange: "03001d04aabbccdd" };

  it("tells version, suite, extensions and group", () => {
    expect(readAnswer(serverHello(ecdhe))).toEqual({
      ...{ kind: "agreed", version: 0x0303, suite: 0xc02f, compression: false, group: 29 },
      extensions: new Set([0xff01, 23]),
    });
  });

  it("tells the bits of DHE's prime, without the zeros before it", () => {
    const keyExchange = `0081${"00"}${"ff".repeat(128)}000102`;
    expect(readAnswer(serverHello({ suite: 0x0033, keyExchange }))).toMatchObject({ primeBits: 1024 });
  });

  it("tells TLS 1.3 by its extension, whatever comes encrypted behind it", () => {
    const hello = serverHello({ suite: 0x1301, extensions: [[43, "0304"]] });
    expect(readAnswer(Buffer.concat([hello, record(20, "01"), record(23, "00")]))).toMatchObject({
      version: 0x0304,
      suite: 0x1301,
    });
  });

  it("is the same in whatever pieces it comes", () => {
    const whole = serverHello(ecdhe);
    const body = whole.subarray(5).toString("hex");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: body.length / 2 - 1 }), (cut) => {
        const records = [record(22, body.slice(0, cut * 2)), record(22, body.slice(cut * 2))];
        expect(readAnswer(Buffer.concat(records))).toEqual(readAnswer(whole));
        expect(readAnswer(whole.subarray(0, cut))).toBeUndefined();
      }),
    );
  });

  it("is a refusal with an alert, and with a connection that is closed at once", () => {
    expect(readAnswer(alert(40))).toEqual({ kind: "refused", how: "alert handshake_failure" });
    expect(readAnswer(alert(70))).toEqual({ kind: "refused", how: "alert protocol_version" });
    expect(readAnswer(Buffer.alloc(0), "closed")).toEqual({ kind: "refused", how: "connection closed" });
  });

  it("goes on after a warning", () => {
    expect(readAnswer(alert(112, 1))).toBeUndefined();
    expect(readAnswer(Buffer.concat([alert(112, 1), serverHello(ecdhe)]))).toMatchObject({ kind: "agreed" });
  });

  it("is what was agreed even where the server breaks off after it", () => {
    const withoutDone = serverHello({ suite: 0xc02f }).subarray(5).toString("hex").slice(0, -8);
    const broken = record(22, withoutDone);
    for (const end of ["closed", "late"] as const)
      expect(readAnswer(broken, end)).toMatchObject({ kind: "agreed", suite: 0xc02f });
  });

  for (const [what, bytes, end, why] of [
    ["something else than TLS", Buffer.from("HTTP/1.1 400 Bad Request\r\n"), undefined, /"HTTP\/1\.1 400/],
    ["nothing", Buffer.alloc(0), "late", /does not answer/],
    ["half a record", serverHello(ecdhe).subarray(0, 30), "closed", /breaks off/],
    ["a record of 64 KB", Buffer.from("160303ffff", "hex"), undefined, /longer than TLS allows/],
    ["a message of 16 MB", record(22, "02ffffff"), undefined, /more than a handshake/],
    ["a ServerHello of two bytes", record(22, "020000020303"), undefined, /malformed/],
    ["a version from the future", serverHello({ ...ecdhe, version: 0x0309 }), undefined, /unknown version/],
    ["a certificate first", record(22, "0b000000"), undefined, /ServerHello/],
    [
      "records without end",
      Buffer.concat(Array(20).fill(record(22, "00".repeat(4096)))),
      undefined,
      /more than a handshake/,
    ],
  ] as const)
    it(`is unclear with ${what}`, () => {
      expect(readAnswer(bytes, end)).toEqual({ kind: "unclear", why: expect.stringMatching(why) });
    });

  it("is never an error of this program's, and always some answer once there is too much of it", () => {
    const prefix = fc.constantFrom("", "16", "160303", "1603030010", "160303004002000030", "1503030002");
    fc.assert(
      fc.property(prefix, fc.uint8Array({ maxLength: 200 }), fc.boolean(), (start, rest, ended) => {
        const answer = readAnswer(
          Buffer.concat([Buffer.from(start, "hex"), rest]),
          ended ? "closed" : undefined,
        );
        if (ended) expect(answer).toBeDefined();
      }),
      { numRuns: 2000 },
    );
    const flood = Buffer.concat(Array(answerLimit / 4 + 1).fill(record(21, "0170")));
    expect(readAnswer(flood)).toMatchObject({ kind: "unclear" });
  });
});

describe("the cipher suites", () => {
  it("are called by what is worst about them", () => {
    const weakness = (name: string) => suites.find((suite) => suite.name === name)?.weakness;
    expect(weakness("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")).toBeUndefined();
    expect(weakness("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256")).toBe("CBC");
    expect(weakness("TLS_RSA_WITH_AES_128_CBC_SHA")).toBe("static RSA");
    expect(weakness("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256")).toBe("DHE");
    expect(weakness("TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA")).toBe("64-bit blocks");
    expect(weakness("TLS_DH_anon_EXPORT_WITH_RC4_40_MD5")).toBe("export-grade encryption");
    expect(weakness("TLS_ECDH_anon_WITH_NULL_SHA")).toBe("no encryption");
  });

  it("have codes of their own, as OpenSSL knows them", () => {
    expect(new Set(suites.map(({ code }) => code)).size).toBe(suites.length);
    expect(suiteOf(0xc02f)?.name).toBe("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  });
});
