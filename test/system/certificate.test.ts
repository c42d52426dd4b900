import { createPublicKey } from "node:crypto";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { program } from "../../local/program";
import { openObjects } from "../../local/services/objects";
import { eventually, root } from "./support/cloud";
import { keySha256 } from "./support/handshake";
import { alice, countBySubject } from "./support/imap";
import { shared as local } from "./support/shared";

const ports = [25, 465, 587, 993, 443] as const;

/**
 * Starts a program of the tests as a host on the simulated internet, and waits until it has begun.
 * @returns what it says in the end
 */
async function begun<T>(file: string, ...args: string[]): Promise<{ readonly end: Promise<T> }> {
  const marker = join(mkdtempSync(join(tmpdir(), "mailserver-certificate-")), "begun");
  const end = local
    .internet(program(join(root, "test/system/support", file), marker, ...args), {
      env: { MAILSERVER_PASSWORD: alice.password },
    })
    .then(({ code, stdout, stderr }) => {
      if (code !== 0) throw new Error(stdout + stderr);
      return JSON.parse(stdout) as T;
    });
  await Promise.race([
    end,
    eventually(
      async () => existsSync(marker),
      (exists) => exists,
    ),
  ]);
  return { end };
}

async function onHost(script: string): Promise<string> {
  const { code, stdout, stderr } = await local.on("mx1", ["sh", "-euc", script]);
  if (code !== 0) throw new Error(`${script}\n${stdout}${stderr}`);
  return stdout;
}

interface Status {
  readonly state: string;
  readonly bundle: string;
  readonly certificate: { readonly keySha256: string; readonly notAfter: string };
  readonly warnings: readonly string[];
  readonly acmeAccount: string | null;
}

async function status(): Promise<Status> {
  const outputs = await local.outputs();
  const objects = openObjects(join(root, ".local", local.name, "objects"));
  const stored = await objects.get(String(outputs.bucket), String(outputs.statusKey));
  return JSON.parse(stored?.body.toString() ?? "{}") as Status;
}

/** The URN of the key that the host's certificate is for; the next one is in the state as well. */
async function keyInUse(): Promise<string> {
  const { hostKeySha256 } = await local.outputs();
  const { deployment } = JSON.parse((await local.pulumi(["stack", "export"])).stdout) as State;
  const keys = deployment.resources.filter(
    ({ type, parent }) => type === "tls:index/privateKey:PrivateKey" && parent?.includes("HostCertificate"),
  );
  const used = keys.find(({ outputs }) => keySha256(createPublicKey(outputs.publicKeyPem)) === hostKeySha256);
  if (!used) throw new Error(`None of ${keys.map(({ urn }) => urn).join(", ")} is in use.`);
  return used.urn;
}

interface State {
  readonly deployment: {
    readonly resources: readonly {
      readonly urn: string;
      readonly type: string;
      readonly parent?: string;
      readonly outputs: { readonly publicKeyPem: string };
    }[];
  };
}

/** As if the host's own certificate had begun and were to end so many days from now. */
const age = (start: number, end: number) =>
  onHost(`
    cd /srv/mailserver/acme/certificates/*/host/*
    python3 -c '
import json, time
note = json.load(open("note.json"))
note |= {"start": time.time() + ${start} * 86400, "end": time.time() + ${end} * 86400, "retry_at": 0}
json.dump(note, open("note.json", "w"))'`);

const renew = () => local.on("mx1", ["systemctl", "start", "mailserver-certificate.service"]);

describe("a certificate that is issued anew", () => {
  it("is served on every port at once, with the declared key, and no session notices", async () => {
    const sessions = await begun("open-sessions.ts", alice.host, alice.user);
    const before = (await status()).certificate;
    await age(-61, 29);
    expect((await renew()).code).toBe(0);
    expect(await sessions.end).toEqual({
      answered: expect.stringMatching(/^HTTP\/1\.1 404/),
      sent: expect.stringMatching(/^250 /),
      arrived: expect.stringMatching(/EXISTS$/),
    });
    const after = await eventually(status, ({ certificate }) => certificate.notAfter !== before.notAfter);
    expect(after.certificate.keySha256).toBe(before.keySha256);
  });
});

describe("another key for the host", () => {
  it("comes into force with its certificate, and at no moment is there one that nobody trusts", async () => {
    const watching = await begun("watch-key.ts", alice.host, ...ports.map(String));
    const replaced = await local.pulumi(["up", "--yes", "--skip-preview", "--replace", await keyInUse()]);
    expect(replaced.code, replaced.stdout + replaced.stderr).toBe(0);
    const outputs = await local.outputs();
    expect(await watching.end).toEqual({
      failures: [],
      keySha256: outputs.hostKeySha256,
      others: [],
    });
    const { certificate } = await eventually(
      status,
      ({ state: now, bundle }) => now === "ready" && bundle === outputs.bundleDigest,
    );
    expect(certificate.keySha256).toBe(outputs.hostKeySha256);
    // Nothing is left of the former one.
    expect(await onHost("ls /srv/mailserver/acme/certificates/*/host")).toMatch(/^\w+\n$/);
  });
});

describe("a certificate that can not be renewed", () => {
  const unreachable = "nft insert rule inet mailserver input tcp dport 80 reject with tcp reset";
  const reachable = "nft -f /etc/nftables.conf";
  afterAll(() => onHost(reachable));

  it("is told to the postmaster by mail before it ends, and in the status", async () => {
    const subject = "could not be renewed";
    const before = await countBySubject(local, alice, subject);
    await onHost("rm -f /srv/mailserver/acme/alarmed.json");
    await onHost(unreachable);
    await age(-72, 18);
    expect((await renew()).code).not.toBe(0);
    const told = /mx1\.example\.test ends on .* could not be renewed: .*acme: error/;
    await eventually(status, ({ warnings }) => warnings.some((warning) => told.test(warning)));
    await eventually(
      () => countBySubject(local, alice, subject),
      (count) => count === before + 1,
    );
  });

  it("is renewed when it can be, and nobody is told any more", async () => {
    await onHost(reachable);
    await age(-72, 18);
    expect((await renew()).code).toBe(0);
    expect(await eventually(status, (seen) => seen.warnings.length === 0)).toMatchObject({ state: "ready" });
  });
});
