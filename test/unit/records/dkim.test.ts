import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dkimContent, dkimRecord } from "../../../records";
import { unquote } from "./support/presentation";

describe("a DKIM record", () => {
  it("stands below _domainkey of its domain", () => {
    expect(dkimRecord("rsa1", "example.org", '"v=DKIM1; …"')).toEqual({
      name: "rsa1._domainkey.example.org",
      type: "TXT",
      ttl: 3600,
      content: '"v=DKIM1; …"',
    });
  });

  it("of the Ed25519 key in RFC 8463 is the record in RFC 8463", () => {
    // Appendix A.2 gives the record; the PEM is the same 32 bytes in a SubjectPublicKeyInfo (RFC 8410).
    const published = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    const spki = Buffer.concat([
      Buffer.from("302a300506032b6570032100", "hex"),
      Buffer.from(published, "base64"),
    ]);
    const pem = `-----BEGIN PUBLIC KEY-----\n${spki.toString("base64")}\n-----END PUBLIC KEY-----\n`;
    expect(dkimContent(pem)).toBe(`"v=DKIM1; k=ed25519; p=${published}"`);
  });

  it("of an RSA key holds its SubjectPublicKeyInfo, in two strings", () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const strings = unquote(dkimContent(pem(publicKey)));
    expect(strings.map((string) => string.length)).toEqual([255, 155]);
    expect(strings.join("")).toBe(
      `v=DKIM1; k=rsa; p=${publicKey.export({ format: "der", type: "spki" }).toString("base64")}`,
    );
  });

  it("of any Ed25519 key verifies what the private half signs", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array(), (seed, message) => {
        const privateKeyDer = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
        const privateKey = createPrivateKey({ key: privateKeyDer, format: "der", type: "pkcs8" });
        const text = unquote(dkimContent(pem(createPublicKey(privateKey)))).join("");
        const x = /^v=DKIM1; k=ed25519; p=(\S+)$/.exec(text)?.[1] ?? "";
        expect(Buffer.from(x, "base64")).toHaveLength(32);
        const publicKey = createPublicKey({
          key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(x, "base64").toString("base64url") },
          format: "jwk",
        });
        expect(verify(null, message, publicKey, sign(null, message, privateKey))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("is not made of a key that receivers do not take", () => {
    const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
    const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
    expect(() => dkimContent(pem(weak))).toThrow(/at least 2048 bits, got 1024/);
    expect(() => dkimContent(pem(elliptic))).toThrow(/RSA or Ed25519, got ec/);
  });
});

function pem(key: ReturnType<typeof createPublicKey>): string {
  return key.export({ format: "pem", type: "spki" }).toString();
}
