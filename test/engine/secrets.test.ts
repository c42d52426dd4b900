import * as tls from "@pulumi/tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webHost } from "./programs/web-host";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { failure, stackOf } from "./support/stack";

describe("secrets stay secret", () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openTestCloud();
  });
  afterAll(() => cloud.close());

  it("in the state: neither a private key nor a secret input is there in plain text, through update and refresh", async () => {
    const stack = await stackOf(cloud, webHost());
    await stack.up();
    await stack.up({ program: webHost({ content: "the second secret content" }) });
    await stack.refresh();
    const state = await cloud.stateText();
    expect(state).toContain("tls:index/privateKey:PrivateKey");
    expect(state).not.toContain("PRIVATE KEY");
    expect(state).not.toContain("secret content");
    expect((await stack.outputs()).key?.secret).toBe(true);
    expect((await stack.outputs()).certificate?.secret).toBe(false);
  });

  for (const [what, spoil, says] of [
    ["of the wrong type", (pem: string) => [pem], "privateKeyPem: the secret value is not text"],
    [
      "of the wrong form",
      (pem: string) => pem.replaceAll("\n", " "),
      "privateKeyPem: no private key in PEM format",
    ],
  ] as const)
    it(`in messages: a secret ${what} is not repeated`, async () => {
      const stack = await stackOf(cloud, async () => {
        const key = new tls.PrivateKey("key", { algorithm: "ED25519" });
        new tls.CertRequest("request", { privateKeyPem: key.privateKeyPem.apply<unknown>(spoil) as never });
      });
      const message = await failure(stack.up());
      expect(message).toContain(says);
      expect(message).not.toContain("BEGIN PRIVATE KEY");
    });
});
