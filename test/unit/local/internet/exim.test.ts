import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { peerRecords } from "../../../../local/internet/exim";

describe("the correspondent's signing key", () => {
  it("is published whole, in strings that DNS can carry", () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const records = peerRecords(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    const record = records.find((line) => line.startsWith("mail._domainkey TXT ")) ?? "";
    const strings = [...record.matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text);
    expect(Math.max(...strings.map((text) => text.length))).toBeLessThanOrEqual(255);
    const [, key = ""] = /^v=DKIM1; k=rsa; p=(.*)$/.exec(strings.join("")) ?? [];
    const published = createPublicKey({ key: Buffer.from(key, "base64"), type: "spki", format: "der" });
    expect(published.equals(publicKey)).toBe(true);
  });
});
