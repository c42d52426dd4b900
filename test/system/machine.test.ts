import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { eventually } from "./support/cloud";
import { alice, countBySubject } from "./support/imap";
import { shared as local } from "./support/shared";

const send = (subject: string) =>
  local.internet([
    "swaks",
    "--to",
    alice.user,
    "--from",
    "someone@stranger.test",
    "--header",
    `Subject: ${subject}`,
  ]);

/** Whether the host answers and the mail is there; while it comes up, asking fails. */
const found = (subject: string) =>
  eventually(
    () => countBySubject(local, alice, subject).catch(() => 0),
    (count) => count > 0,
    { within: 600_000, every: 2_000 },
  );

describe("the machine", () => {
  it("comes back by itself after a reboot, with its mail", async () => {
    const subject = randomUUID();
    expect((await send(subject)).code).toBe(0);
    await found(subject);
    await local.on("mx1", ["systemctl", "reboot"]);
    await eventually(
      () => send(randomUUID()),
      ({ code }) => code === 0,
      { within: 600_000, every: 2_000 },
    );
    expect(await found(subject)).toBe(1);
  });

  it("can be replaced: the new one has the mail, the address and the certificate of the old one", async () => {
    const subject = randomUUID();
    expect((await send(subject)).code).toBe(0);
    await found(subject);
    const before = await local.outputs();
    const state = JSON.parse((await local.pulumi(["stack", "export"])).stdout);
    const instance = state.deployment.resources.find(
      ({ type }: { type: string }) => type === "aws:ec2/instance:Instance",
    );
    const serial = () =>
      local.internet(
        ["sh", "-c", `openssl s_client -connect ${alice.host}:993 2>/dev/null | openssl x509 -noout -serial`],
        { input: "" },
      );
    const certificate = (await serial()).stdout;
    expect(certificate).toMatch(/^serial=/);

    const replaced = await local.pulumi(["up", "--yes", "--skip-preview", "--replace", instance.urn]);
    expect(replaced.code, replaced.stdout + replaced.stderr).toBe(0);

    expect(await found(subject)).toBe(1);
    const after = await local.outputs();
    expect(after.instanceId).not.toBe(before.instanceId);
    expect(after.publicIp).toBe(before.publicIp);
    expect((await serial()).stdout).toBe(certificate);
  });
});

describe("an account whose outbound port 25 is blocked, as AWS's are until asked", () => {
  it("is what `npm start` names as the reason that mail does not get out, and what to do", async () => {
    expect((await local.local(["port25", "blocked"])).code).toBe(0);
    try {
      const { code, stdout, stderr } = await local.local(["start"]);
      expect(code).not.toBe(0);
      expect(stdout + stderr).toMatch(/outbound port 25 is blocked.*port25 open/is);
    } finally {
      await local.local(["port25", "open"]);
    }
  });

  it("delivers what was queued once it is lifted", async () => {
    await local.on("mx1", ["postqueue", "-f"]);
    const queue = await eventually(
      () => local.on("mx1", ["postqueue", "-j"]),
      ({ stdout }) => stdout.trim() === "",
    );
    expect(queue.code).toBe(0);
  });
});
