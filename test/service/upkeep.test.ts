import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openObjects } from "../../local/services/objects";
import { eventually, root } from "../system/support/cloud";
import { countBySubject } from "../system/support/imap";
import { type Archive, openArchive } from "./support/releases";
import { local } from "./support/server";
import { people } from "./support/stack";

let archive: Archive;
beforeAll(async () => {
  archive = await openArchive(local, "mx1");
});
afterAll(() => archive?.close());

const host = async (...command: string[]) => (await local.on("mx1", command)).stdout.trim();
const version = async (name: string) => (await host("dpkg-query", "--show", name)).split("\t")[1];
const process = (service: string) => host("systemctl", "show", "--property", "MainPID", "--value", service);
/** What the timer does every night. Not waited for by systemctl: a library of systemd's own may be among it. */
async function upgrade(): Promise<void> {
  const property = (name: string) =>
    host("systemctl", "show", "--property", name, "--value", "mailserver-upgrade.service");
  const ended = () => property("ExecMainExitTimestampMonotonic").catch(() => "");
  const before = await ended();
  await host("systemctl", "start", "--no-block", "mailserver-upgrade.service");
  await eventually(ended, (now) => !["", "0", before].includes(now));
  const told = await host("journalctl", "-u", "mailserver-upgrade", "-n", "60", "-o", "cat");
  expect(await property("Result"), told).toBe("success");
}

async function warnings(): Promise<readonly string[]> {
  const outputs = await local.outputs();
  const objects = openObjects(join(root, ".local", local.name, "objects"));
  const status = await objects.get(String(outputs.bucket), String(outputs.statusKey));
  return JSON.parse(status?.body.toString() ?? "{}").warnings ?? [];
}
const ofRspamd = async () => (await warnings()).filter((warning) => warning.includes("rspamd"));

async function delivers(): Promise<void> {
  const subject = randomUUID();
  const sent = await local.internet([
    ...["swaks", "--to", people.bob.user, "--from", "someone@peer.test", "--header", `Subject: ${subject}`],
  ]);
  expect(sent.code, sent.stdout).toBe(0);
  await eventually(
    () => countBySubject(local, people.bob, subject),
    (count) => count === 1,
  );
}

const refusing = `#!/bin/sh
echo "the option that this host has set is gone" >&2
exit 1
`;

describe("a night's upgrades", () => {
  it("put new versions into service, and hold back the one that refuses this host's configuration", async () => {
    const before = { rspamd: await version("rspamd"), postfix: await version("postfix") };
    const running = {
      rspamd: await process("rspamd"),
      postfix: await process("postfix"),
      unbound: await process("unbound"),
    };
    const suffix = await archive.publish([
      { package: "rspamd", programs: { "/usr/bin/rspamadm": refusing } },
      { package: "postfix" },
      // A library of Unbound.
      { package: "libevent-2.1-7t64" },
    ]);

    await upgrade();

    expect(await version("postfix")).toBe(before.postfix + suffix);
    expect(await process("postfix")).not.toBe(running.postfix);
    expect(await version("libevent-2.1-7t64")).toContain(suffix);
    expect(await process("unbound")).not.toBe(running.unbound);

    expect(await version("rspamd")).toBe(before.rspamd);
    expect(await process("rspamd")).toBe(running.rspamd);
    expect(await host("rspamadm", "configtest")).toContain("syntax OK");
    await delivers();
    const [told, ...others] = await eventually(ofRspamd, (list) => list.length > 0);
    expect(others).toEqual([]);
    expect(told).toContain(`not upgraded to rspamd ${before.rspamd}${suffix}, because rspamd refuses`);
    expect(told).toContain("the option that this host has set is gone");
  });

  it("refuse it to an operator's own hand too, with the reason", async () => {
    const before = await version("rspamd");
    const { code, stdout, stderr } = await local.on("mx1", ["apt-get", "install", "--yes", "rspamd"]);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain("the option that this host has set is gone");
    expect(await version("rspamd")).toBe(before);
  });

  it("install it once there is a version that takes the configuration, and no longer speak of it", async () => {
    const running = await process("rspamd");
    const suffix = await archive.publish([{ package: "rspamd" }]);
    await upgrade();
    expect(await version("rspamd")).toContain(suffix);
    expect(await process("rspamd")).not.toBe(running);
    await eventually(ofRspamd, (list) => list.length === 0);
    await delivers();
  });
});

describe("a restart of the machine", () => {
  // While the machine is off, asking it fails.
  const started = () => host("stat", "--format", "%Y", "/run/systemd/system").catch(() => "");

  it("does not happen in the window of a night in which none is required, and does when one is", async () => {
    const before = await started();
    await host("systemctl", "start", "mailserver-reboot.service");
    expect(await host("systemctl", "is-system-running")).not.toBe("stopping");
    expect(await host("systemctl", "list-jobs")).toContain("No jobs running");
    expect(await started()).toBe(before);

    await host("touch", "/run/reboot-required");
    await host("systemctl", "start", "mailserver-reboot.service");
    await eventually(started, (now) => now !== "" && now !== before, { within: 600_000 });
    await eventually(
      () => local.on("mx1", ["test", "-e", "/run/reboot-required"]).catch(() => undefined),
      (asked) => asked?.code === 1,
    );
    await eventually(
      () =>
        delivers().then(
          () => true,
          () => false,
        ),
      Boolean,
      { within: 600_000 },
    );
  });

  it("has its window at the declared time in UTC", async () => {
    const timers = await host("systemctl", "show", "mailserver-reboot.timer", "--property", "TimersCalendar");
    expect(timers).toContain("OnCalendar=*-*-* 03:30:00 UTC");
  });
});

it("keeps no process of unattended-upgrades around to wait for a shutdown", async () => {
  expect(await host("systemctl", "is-active", "unattended-upgrades.service")).toBe("inactive");
});
