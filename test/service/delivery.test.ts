import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { countBySubject } from "../system/support/imap";
import { local } from "./support/server";
import { people } from "./support/stack";

const send = async (subject: string) => {
  const sent = await local.internet([
    ...["swaks", "--to", people.bob.user, "--from", "someone@peer.test", "--header", `Subject: ${subject}`],
  ]);
  expect(sent.code, sent.stdout).toBe(0);
};
const onHost = async (...command: readonly [string, ...string[]]) => {
  const { code, stdout, stderr } = await local.on("mx1", command);
  expect(code, stderr).toBe(0);
  return stdout;
};

it("delivers what a stranger sends to a declared mailbox", async () => {
  const subject = randomUUID();
  await send(subject);
  const delivered = () => countBySubject(local, people.bob, subject);
  expect(await eventually(delivered, (count) => count > 0)).toBe(1);
});

// As with an upgrade. Even a reload, with each change and each new certificate, costs a message now and then its try.
it("takes what comes while Dovecot is away, and delivers it within minutes of its return", async () => {
  const subject = randomUUID();
  await onHost("systemctl", "stop", "dovecot.service");
  try {
    await send(subject);
    await eventually(
      () => onHost("postqueue", "-j"),
      (queue) => queue.includes("postfix-lmtp"),
    );
  } finally {
    await onHost("systemctl", "start", "dovecot.service");
  }
  const delivered = () => countBySubject(local, people.bob, subject);
  expect(await eventually(delivered, (count) => count > 0)).toBe(1);
});
