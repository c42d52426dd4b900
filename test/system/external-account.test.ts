import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openSession } from "../../cli/session";
import { internet } from "../../local/context";
import { locateCloud } from "../../local/locate";
import { enterCommand } from "../../local/machines/nspawn";
import { run } from "../../local/run";
import { openObjects } from "../../local/services/objects";
import type { StoredObject } from "../../local/world";
import { cloud, eventually, root } from "./support/cloud";

const local = cloud(inject("cloud"));
const objects = openObjects(join(root, ".local", local.name, "objects"));
const account = { keyId: "kid-1", hmacKey: "dGhlLWtleS1vZi1hbi1leHRlcm5hbC1hY2NvdW50LTAx" };
/** Another one than the stack's, by its address, though at the same place. */
const directory = "https://acme.test:443/dir";

interface Bundle {
  parts: { name: string; files: { path: string; content: string; mode: string; owner: string }[] }[];
}

interface Status {
  readonly state: string;
  /** SHA-256 of the bundle that it is about. */
  readonly bundle: string;
  readonly warnings: readonly string[];
  readonly acmeAccount: string | null;
}

let place: { bucket: string; bundleKey: string; statusKey: string };
let good: StoredObject;

/** Runs a script as root on the machine that is the simulated internet. */
async function onInternetMachine(script: string): Promise<void> {
  const { control } = await openSession(locateCloud(root, local.name));
  const peer = await control.machine("internet");
  if (!peer) throw new Error("The internet machine is not on.");
  await run(enterCommand(peer.leader, ["sh", "-euc", script]));
}

async function onHost(script: string): Promise<string> {
  const { code, stdout, stderr } = await local.on("mx1", ["sh", "-euc", script]);
  if (code !== 0) throw new Error(`${script}\n${stdout}${stderr}`);
  return stdout;
}

/** Waits until the host has the certificate that the bundle in the storage asks for. */
async function ready(): Promise<Status> {
  const wanted = await objects.get(place.bucket, place.bundleKey);
  const digest = createHash("sha256")
    .update(wanted?.body ?? "")
    .digest("hex");
  return eventually(
    async () =>
      JSON.parse((await objects.get(place.bucket, place.statusKey))?.body.toString() ?? "{}") as Status,
    ({ state, bundle, warnings }) => state === "ready" && bundle === digest && warnings.length === 0,
  );
}

beforeAll(async () => {
  const outputs = await local.outputs();
  const statusKey = String(outputs.statusKey);
  place = {
    bucket: String(outputs.bucket),
    statusKey,
    bundleKey: statusKey.replace("status.json", "bundle.json"),
  };
  const stored = await objects.get(place.bucket, place.bundleKey);
  if (!stored) throw new Error(`There is no ${place.bundleKey} in ${place.bucket}.`);
  good = stored;
  const pebble = {
    listenAddress: `${internet.acme}:443`,
    managementListenAddress: "127.0.0.1:15000",
    certificate: "/etc/pebble/api.pem",
    privateKey: "/etc/pebble/api.key",
    httpPort: 80,
    tlsPort: 443,
    externalAccountBindingRequired: true,
    externalAccountMACKeys: { [account.keyId]: account.hmacKey },
  };
  await onInternetMachine(`
    systemctl stop pebble
    echo '${JSON.stringify({ pebble })}' >/run/pebble-bound.json
    systemd-run --quiet --unit=pebble-bound --setenv=PEBBLE_VA_NOSLEEP=1 \
      pebble -strict -config /run/pebble-bound.json -dnsserver ${internet.resolver}:53
    until curl --silent --fail --cacert /etc/pebble/root.pem https://127.0.0.1:15000/roots/0; do sleep 0.1; done`);
});

afterAll(async () => {
  await onInternetMachine("systemctl stop pebble-bound; rm /run/pebble-bound.json; systemctl start pebble");
  await objects.put(place.bucket, place.bundleKey, good.body, good.contentType);
  await ready();
});

/** The bundle in force, with another authority and an account there. */
function bound(): Buffer {
  const bundle = JSON.parse(good.body.toString()) as Bundle;
  const files = bundle.parts.find(({ name }) => name === "lego")?.files;
  const settings = files?.find(({ path }) => path.endsWith("/certificate.json"));
  if (!files || !settings) throw new Error("The bundle has no settings of certificates.");
  const changed = { ...JSON.parse(settings.content), directory, eabKeyId: account.keyId };
  settings.content = JSON.stringify(changed);
  files.push({ path: changed.eabKey, content: `${account.hmacKey}\n`, mode: "0600", owner: "root:root" });
  return Buffer.from(JSON.stringify(bundle));
}

describe("an authority that wants an external account", () => {
  it("issues once the account is bound, and the account's key is in no process list and no journal", async () => {
    await onHost(
      "systemd-run --quiet --unit=process-list sh -c 'while sleep 0.02; do ps axww -o args; done >/run/process-list'",
    );
    await objects.put(place.bucket, place.bundleKey, bound(), good.contentType);
    const { acmeAccount } = await ready();
    expect(acmeAccount).toMatch(/^https:\/\/acme\.test(:443)?\/my-account\//);
    await onHost("systemctl stop process-list");
    const seen = await onHost("cat /run/process-list; journalctl --no-pager -o cat; rm /run/process-list");
    expect(seen).toMatch(/lego .*--server https:\/\/acme\.test:443\/dir/);
    expect(seen).not.toContain(account.hmacKey);
  });
});
