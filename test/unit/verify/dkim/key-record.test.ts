import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMeantAsKey, parseKeyRecord } from "../../../../verify/dkim/key-record";
import { ed25519Key, rsaKey } from "./support";

describe("a DKIM key record", () => {
  it("tells keys, and keys that are broken, from other TXT records", () => {
    const keys = ["v=DKIM1; p=", "k=rsa; p=AA", "p=AA", "v=dkim1 p=AA", '"v=DKIM1; p=AA"', "v=DKIM1\\; p=AA"];
    const others = ["v=spf1 -all", "v=DMARC1; p=none", "v=BIMI1; l=", "managed by ops", "exp=AA", ""];
    expect(keys.filter(isMeantAsKey)).toEqual(keys);
    expect(others.filter(isMeantAsKey)).toEqual([]);
  });

  it("is read with its defaults", () => {
    expect(parseKeyRecord(`p=${rsaKey(1024)}`)).toMatchObject({
      problems: [],
      keyType: "rsa",
      hashes: undefined,
      services: ["*"],
      flags: [],
      revoked: false,
      key: { type: "rsa", bits: 1024 },
    });
  });

  it("has its RSA key in either form, its Ed25519 key in 32 octets", () => {
    expect(parseKeyRecord(`p=${rsaKey(1024, "pkcs1")}`).key).toEqual({ type: "rsa", bits: 1024 });
    expect(parseKeyRecord(`k=ed25519; p=${ed25519Key()}`).key).toEqual({ type: "ed25519" });
  });

  it("is never a key without a problem once a character of p= is lost", () => {
    const p = ed25519Key();
    fc.assert(
      fc.property(fc.nat(p.length - 1), (at) => {
        expect(
          parseKeyRecord(`v=DKIM1; k=ed25519; p=${p.slice(0, at)}${p.slice(at + 1)}`).problems,
        ).not.toEqual([]);
      }),
    );
  });

  it("takes any text in", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[vkpDKIM1rsa=;: A]*$/)),
        (text) => {
          const record = parseKeyRecord(text);
          expect(record.revoked && record.key !== undefined).toBe(false);
        },
      ),
    );
  });
});
