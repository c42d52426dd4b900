import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { internet } from "../../local/context";
import { program } from "../../local/program";
import { openObjects } from "../../local/services/objects";
import type { CheckReport, Report } from "../../verify/report";
import { eventually, root } from "./support/cloud";
import { openSite, type Site } from "./support/faults/site";
import { alice } from "./support/imap";
import { shared as local } from "./support/shared";

const dir = mkdtempSync(join(tmpdir(), "mailserver-host-status-"));
const nobody = "someone@deaf.test";

interface Status {
  readonly state: string;
  readonly updated: string;
  readonly queue: { readonly messages: number; readonly oldest: string | null } | null;
}

async function status(): Promise<Status> {
  const outputs = await local.outputs();
  const objects = openObjects(join(root, ".local", local.name, "objects"));
  const stored = await objects.get(String(outputs.bucket), String(outputs.statusKey));
  return JSON.parse(stored?.body.toString() ?? "{}") as Status;
}

/** The agent says at once when it starts what it would else say within minutes. */
async function toldAnew(wanted: (queue: Status["queue"]) => boolean): Promise<Status> {
  await site.host("systemctl restart mailserver-agent");
  return eventually(status, ({ state, queue }) => state === "ready" && wanted(queue));
}

/** The checks that find something to mend. */
async function wanting(told: Status): Promise<readonly CheckReport[]> {
  const file = join(dir, "status.json");
  writeFileSync(file, JSON.stringify(told));
  const command = ["verify", "example.test", "--json", "--host-status", file];
  const { stdout, stderr } = await local.internet(program(join(root, "cli/mailserver.ts"), ...command));
  if (stdout === "") throw new Error(stderr);
  const { checks } = JSON.parse(stdout) as Report;
  return checks.filter(({ outcome }) => outcome === "failed" || outcome === "warning");
}

let site: Site;
let undo = async () => {};

beforeAll(async () => {
  const outputs = await local.outputs();
  site = await openSite(local, String(outputs.publicIp));
  // What other tests have left there.
  await site.host("postsuper -d ALL");
  // Its mail exchanger is there, and nothing listens on its port 25.
  undo = await site.zone({
    "deaf.test MX": ["10 mail.deaf.test."],
    "mail.deaf.test A": [internet.mirror],
  });
});
afterAll(async () => {
  await site.host("postsuper -d ALL");
  await undo();
  rmSync(dir, { recursive: true });
});

describe("mail that can't be delivered", () => {
  let told: Status;

  it("is in what the host says of itself", async () => {
    expect((await toldAnew((queue) => queue?.messages === 0)).queue).toEqual({ messages: 0, oldest: null });
    const swaks = ["swaks", "--server", alice.host, "--port", "465", "--tls-on-connect", "--to", nobody];
    const login = ["--from", alice.user, "--auth-user", alice.user, "--protect-prompt", "--auth-password"];
    const sent = await local.internet([...swaks, "--header", `Subject: ${randomUUID()}`, ...login], {
      input: `${alice.password}\n`,
    });
    expect(sent.code, sent.stdout).toBe(0);
    told = await toldAnew((queue) => queue?.messages === 1);
    expect(Date.parse(String(told.queue?.oldest))).toBeLessThanOrEqual(Date.parse(told.updated));
  });

  it("is named by mailserver verify when it has waited for hours, and nothing else is", async () => {
    const hoursAgo = new Date(Date.parse(told.updated) - 5 * 3_600_000).toISOString();
    const before = (await wanting(told)).map(({ id }) => id);
    const after = await wanting({ ...told, queue: { messages: 1, oldest: hoursAgo } });
    expect(after.filter(({ id }) => !before.includes(id))).toEqual([
      expect.objectContaining({
        id: "host-queue",
        outcome: "warning",
        evidence: expect.stringContaining("1 message waits on mx1.example.test, the oldest for 5 hours"),
      }),
    ]);
  });
});
