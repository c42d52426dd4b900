import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloud, eventually, root } from "./support/cloud";
import { tellHostLog } from "./support/host-log";
import { alice } from "./support/imap";

// A cloud of its own: keys are not exchanged backwards, and other tests know the first ones by name.
const local = cloud("rotation");
tellHostLog(local);
const dir = mkdtempSync(join(tmpdir(), "mailserver-rotation-"));
beforeAll(async () => {
  const { code, stdout, stderr } = await local.local(["start"]);
  expect(code, stdout + stderr).toBe(0);
});
afterAll(async () => {
  rmSync(dir, { recursive: true });
  expect((await local.local(["down"])).code).toBe(0);
});

describe("an exchange of keys on a running server", () => {
  const file = join(dir, "Pulumi.local.yaml");
  const declare = (epoch: number) => {
    const text = readFileSync(join(root, "stacks/Pulumi.local.yaml"), "utf8");
    const changed = text
      .replace(/^( *)- name: example\.test\n/m, `$&$1  dkimEpoch: ${epoch}\n`)
      .replace(/^( *)mailserver:hostname:.*\n/m, `$&$1mailserver:hostKeyEpoch: "${epoch}"\n`);
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
  };
  /** As an operator does it, and waits until the host has it in force. */
  const up = async () => {
    const { code, stdout, stderr } = await local.pulumi([
      "up",
      "--yes",
      "--skip-preview",
      "--config-file",
      file,
    ]);
    expect(code, stdout + stderr).toBe(0);
    const applied = await local.local(["wait"]);
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
  };
  const age = async (days: number) => expect((await local.local(["age", String(days)])).code).toBe(0);
  const published = async () => {
    const there = [];
    for (const selector of ["rsa1", "rsa2", "rsa3"]) {
      const { stdout } = await local.internet([
        "dig",
        "+short",
        `${selector}._domainkey.example.test`,
        "TXT",
      ]);
      if (stdout.trim() !== "") there.push(selector);
    }
    return there;
  };
  /** The selectors that sign a message; each of them can be looked up when it arrives. */
  const signsWith = async () => {
    const subject = randomUUID();
    const sent = await local.internet(
      [
        ...["swaks", "--server", alice.host, "--port", "465", "--tls-on-connect", "--timeout", "60"],
        ...["--auth-user", alice.user, "--protect-prompt", "--from", alice.user, "--to", alice.user],
        ...["--header", `Subject: ${subject}`, "--auth-password"],
      ],
      { input: `${alice.password}\n` },
    );
    expect(sent.code, sent.stdout).toBe(0);
    const find = `doveadm fetch -u ${alice.user} hdr mailbox INBOX header subject ${subject}`;
    const { stdout } = await eventually(
      () => local.on("mx1", ["sh", "-c", find]),
      ({ stdout: message }) => message.includes(subject),
    );
    const selectors = [...stdout.matchAll(/^DKIM-Signature:(?:.|\n)*?\bs=(\w+);/gm)].flatMap(
      ([, selector]) => selector ?? [],
    );
    expect(selectors).toHaveLength(2);
    for (const selector of selectors) {
      const key = await local.internet(["dig", "+short", `${selector}._domainkey.example.test`, "TXT"]);
      expect(key.stdout, `the key ${selector}`).toMatch(/v=DKIM1/);
    }
    return selectors.sort();
  };
  /** Whether everything holds that a stranger can look at: signatures, DANE, the policy, certificates. */
  const verified = async () => {
    const only = "dkim,dane,mta-sts,certificate,account-dkim,account-delivery,tls-rpt,dns-dnssec,stack";
    const { code, stdout, stderr } = await local.local(["verify", "--only", only]);
    expect(code, stdout + stderr).toBe(0);
  };

  it("begins with the first keys in use, and the next ones published", async () => {
    declare(1);
    expect(await published()).toEqual(["rsa1", "rsa2"]);
    expect(await signsWith()).toEqual(["ed1", "rsa1"]);
    await verified();
  });

  it("has mail signed with the next keys, while the former ones can still be looked up", async () => {
    await age(7);
    declare(2);
    // Users go on meanwhile.
    let applied = false;
    const [signatures] = await Promise.all([
      (async () => {
        const seen = new Set<string>();
        while (!applied) for (const selector of await signsWith()) seen.add(selector);
        return seen;
      })(),
      up().finally(() => {
        applied = true;
      }),
    ]);
    for (const selector of signatures) expect(["ed1", "rsa1", "ed2", "rsa2"]).toContain(selector);
    expect(await published()).toEqual(["rsa1", "rsa2", "rsa3"]);
    expect(await signsWith()).toEqual(["ed2", "rsa2"]);
    await verified();
  });

  it("withdraws the former keys a week later, and goes on", async () => {
    await age(7);
    await up();
    expect(await published()).toEqual(["rsa2", "rsa3"]);
    expect(await signsWith()).toEqual(["ed2", "rsa2"]);
    await verified();
  });

  it("ends with them gone from the host too, and another run changing nothing", async () => {
    await up();
    const { stdout } = await local.on("mx1", ["ls", "/etc/rspamd/dkim"]);
    expect(stdout).not.toMatch(/rsa1|ed1/);
    await verified();
    const preview = await local.pulumi(["preview", "--expect-no-changes", "--config-file", file]);
    expect(preview.code, preview.stdout).toBe(0);
  });
});
