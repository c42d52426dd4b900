import { randomUUID } from "node:crypto";
import { sealMessage } from "mailauth";
import { beforeAll, describe, expect, it } from "vitest";
import { newSigner, signed } from "../system/support/dkim";
import { must } from "./support/declared";
import { delivered, fieldsOf } from "./support/delivered";
import { message, send } from "./support/smtp";

const domains = {
  "strict.test": "v=DMARC1; p=reject",
  "careful.test": "v=DMARC1; p=quarantine",
  "trying.test": "v=DMARC1; p=reject; t=y",
  "signing.test": "v=DMARC1; p=reject",
};
const signer = newSigner("signing.test", "key", "ed25519-sha256");
const sealer = newSigner("list.test", "key", "rsa-sha256");

beforeAll(async () => {
  for (const [domain, policy] of Object.entries(domains)) {
    await must(["zone", domain]);
    await must(["record", domain, `_dmarc.${domain}`, "TXT", `"${policy}"`]);
  }
  await must([
    "record",
    signer.domain,
    `${signer.selector}._domainkey.${signer.domain}`,
    "TXT",
    signer.record,
  ]);
  await must(["zone", sealer.domain]);
  await must([
    "record",
    sealer.domain,
    `${sealer.selector}._domainkey.${sealer.domain}`,
    "TXT",
    sealer.record,
  ]);
});

/** What the host says about a delivered message, in its Authentication-Results. */
async function results(subject: string): Promise<string> {
  const fields = fieldsOf(await delivered(subject)).filter((field) =>
    /^authentication-results: mx1\.example\.test;/i.test(field),
  );
  expect(fields).toHaveLength(1);
  return fields[0] ?? "";
}

/** Mail in the name of a domain that knows nothing of it. */
function forged(domain: string): { subject: string; said: Promise<string> } {
  const subject = randomUUID();
  const from = `boss@${domain}`;
  return { subject, said: send(message(subject, { from })) };
}

describe("mail that is not from whom it says", () => {
  it("is refused where the domain asks for that", async () => {
    expect(await forged("strict.test").said).toMatch(/^554 5\.7\.1 /);
  });

  it("is marked as spam where the domain asks for that", async () => {
    const { subject, said } = forged("careful.test");
    expect(await said).toMatch(/^250 /);
    expect(fieldsOf(await delivered(subject))).toContain("x-spam: Yes");
    expect(await results(subject)).toMatch(/dmarc=fail/);
  });

  it("is not refused while the domain is only testing (t=y), but marked as spam", async () => {
    const { subject, said } = forged("trying.test");
    expect(await said).toMatch(/^250 /);
    expect(fieldsOf(await delivered(subject))).toContain("x-spam: Yes");
  });
});

describe("mail that is from whom it says", () => {
  it("has SPF and DMARC in Authentication-Results, and nothing that its sender claims in our name", async () => {
    const subject = randomUUID();
    const from = "someone@peer.test";
    const claim = "Authentication-Results: mx1.example.test; dkim=pass header.d=bank.test\r\n";
    expect(await send(claim + message(subject, { from }), { from })).toMatch(/^250 /);
    const said = await results(subject);
    expect(said).toMatch(/spf=pass [^;]*smtp\.mailfrom=someone@peer\.test/);
    expect(said).toMatch(/dmarc=pass/);
    expect(said).not.toContain("bank.test");
  });

  it("is known by its DKIM signature (Ed25519)", async () => {
    const subject = randomUUID();
    const text = signed(
      [`From: someone@signing.test`, `To: bob@example.test`, `Subject: ${subject}`],
      "Hello Bob",
      [signer],
    );
    expect(await send(text)).toMatch(/^250 /);
    expect(await results(subject)).toMatch(/dkim=pass [^;]*header\.d=signing\.test/);
    expect(await results(subject)).toMatch(/dmarc=pass/);
  });

  it("has a mailing list's seal (ARC) verified", async () => {
    const subject = randomUUID();
    const text = message(subject);
    // Its types leave out the last two.
    const options = {
      signingDomain: sealer.domain,
      selector: sealer.selector,
      privateKey: sealer.key.export({ type: "pkcs8", format: "pem" }).toString(),
      authResults: "list.test; spf=pass smtp.mailfrom=stranger.test",
      cv: "none",
    };
    const seal = await sealMessage(text, options);
    expect(await send(Buffer.concat([seal, Buffer.from(text)]))).toMatch(/^250 /);
    expect(await results(subject)).toMatch(/arc=pass/);
  });
});
