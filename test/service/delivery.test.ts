import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { countBySubject } from "../system/support/imap";
import { local } from "./support/server";
import { people } from "./support/stack";

it("delivers what a stranger sends to a declared mailbox", async () => {
  const subject = randomUUID();
  const sent = await local.internet([
    ...["swaks", "--to", people.bob.user, "--from", "someone@peer.test", "--header", `Subject: ${subject}`],
  ]);
  expect(sent.code, sent.stdout).toBe(0);
  const delivered = () => countBySubject(local, people.bob, subject);
  expect(await eventually(delivered, (count) => count > 0)).toBe(1);
});
