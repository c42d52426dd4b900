import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSession } from "../../cli/session";
import { internet } from "../../local/context";
import { locateCloud } from "../../local/locate";
import { enterCommand } from "../../local/machines/nspawn";
import { run } from "../../local/run";
import { changeCertificates, type Deployment, filesOf, openDeployment } from "./support/bundle";
import { root } from "./support/cloud";
import { shared as local } from "./support/shared";

const account = { keyId: "kid-1", hmacKey: "dGhlLWtleS1vZi1hbi1leHRlcm5hbC1hY2NvdW50LTAx" };
/** Another one than the stack's, by its address, though at the same place. */
const directory = "https://acme.test:443/dir";

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

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment(local);
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
  await deployment.restore();
});

describe("an authority that wants an external account", () => {
  it("issues once the account is bound, and the account's key is in no process list and no journal", async () => {
    await onHost(
      "systemd-run --quiet --unit=process-list sh -c 'while sleep 0.02; do ps axww -o args; done >/run/process-list'",
    );
    const bundle = deployment.bundle();
    const { eabKey } = changeCertificates(bundle, { directory, eabKeyId: account.keyId });
    filesOf(bundle, "lego").push({
      path: String(eabKey),
      content: `${account.hmacKey}\n`,
      mode: "0600",
      owner: "root:root",
    });
    const { acmeAccount } = await deployment.apply(bundle);
    expect(acmeAccount).toMatch(/^https:\/\/acme\.test(:443)?\/my-account\//);
    await onHost("systemctl stop process-list");
    const seen = await onHost("cat /run/process-list; journalctl --no-pager -o cat; rm /run/process-list");
    expect(seen).toMatch(/lego .*--server https:\/\/acme\.test:443\/dir/);
    expect(seen).not.toContain(account.hmacKey);
  });
});
