import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bringUpWith } from "./support/declared";
import { message, sixMinutesLater, submit } from "./support/smtp";

/** A sender whose domain is nowhere, by a host that does not say who it is. */
const suspicious = { from: `${randomUUID()}@nowhere.test`, helo: "winner" };
const stranger = { from: `${randomUUID()}@stranger.test` };
/** With DMARC and SPF that the sending host passes. */
const vouched = { from: `${randomUUID()}@peer.test` };

describe("greylisting of what is suspicious, which is the default", () => {
  it("keeps a suspicious stranger waiting, and takes the message when it comes again", async () => {
    const text = message(randomUUID(), suspicious);
    expect(await submit(text, suspicious)).toMatch(/^451 4\.7\.1 Try again later/);
    expect(await submit(text, suspicious)).toMatch(/^451 4\.7\.1 Try again later/);
    await sixMinutesLater();
    expect(await submit(text, suspicious)).toMatch(/^250 /);
  });

  it("takes an ordinary stranger's message at once", async () => {
    expect(await submit(message(randomUUID(), stranger), stranger)).toMatch(/^250 /);
  });
});

describe("greylisting of all", () => {
  beforeAll(() => bringUpWith({ "mailserver:greylisting": "always" }));
  afterAll(() => bringUpWith({}));

  it("keeps an ordinary stranger waiting, and takes the message when it comes again", async () => {
    const sender = { from: `${randomUUID()}@stranger.test` };
    const text = message(randomUUID(), sender);
    expect(await submit(text, sender)).toMatch(/^451 4\.7\.1 Try again later/);
    await sixMinutesLater();
    expect(await submit(text, sender)).toMatch(/^250 /);
    // Known from now on.
    expect(await submit(message(randomUUID(), sender), sender)).toMatch(/^250 /);
  });

  it("takes at once what the sender's domain vouches for", async () => {
    expect(await submit(message(randomUUID(), vouched), vouched)).toMatch(/^250 /);
  });
});
