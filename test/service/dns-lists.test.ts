import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { internet } from "../../local/context";
import { eventually } from "../system/support/cloud";
import { must } from "./support/declared";
import { delivered, fieldsOf } from "./support/delivered";
import { local } from "./support/server";
import { message, send } from "./support/smtp";

const lists = { "bl.spamcop.net": "spamcop.net", "psbl.surriel.com": "surriel.com" };
/** By IPv4, whatever the server's name leads to. */
const stranger = internet.stranger.split(".").reverse().join(".");

beforeAll(async () => {
  for (const zone of Object.values(lists)) await must(["zone", zone]);
});
afterEach(async () => {
  for (const [list, zone] of Object.entries(lists)) {
    const { stdout } = await local.local(["record", "--list", zone]);
    for (const line of stdout.split("\n").filter((row) => row.includes(`${stranger}.${list}`)))
      await must(["record", "--delete", zone, line.split(/\s+/)[0] ?? ""]);
  }
  await forget();
});

/** So that the host asks again, and above the zones too: that they are not there may be what it knows. */
async function forget(): Promise<void> {
  await local.on("mx1", ["unbound-control", "-s", "/run/unbound.ctl", "flush_zone", "."]);
}

async function answering(answer: string): Promise<void> {
  for (const [list, zone] of Object.entries(lists))
    await must(["record", zone, `${stranger}.${list}`, "A", answer]);
  await forget();
  for (const list of Object.keys(lists))
    await eventually(
      () => local.on("mx1", ["getent", "ahostsv4", `${stranger}.${list}`]),
      ({ stdout }) => stdout.startsWith(`${answer} `),
    );
}

describe("a stranger whom DNS lists have", () => {
  it("has its mail marked as spam", async () => {
    await answering("127.0.0.2");
    const subject = randomUUID();
    expect(await send(message(subject), { ipv4: true })).toMatch(/^250 /);
    expect(fieldsOf(await delivered(subject))).toContain("x-spam: Yes");
  });

  it.each(["127.255.255.252", "127.255.255.254", "127.255.255.255"])(
    "is not taken for listed when the lists only say that they do not answer us: %s",
    async (answer) => {
      await answering(answer);
      const subject = randomUUID();
      expect(await send(message(subject), { ipv4: true })).toMatch(/^250 /);
      const fields = fieldsOf(await delivered(subject));
      expect(fields.filter((field) => field.startsWith("x-spam:"))).toEqual([]);
    },
  );
});
