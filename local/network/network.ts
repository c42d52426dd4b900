import { type CloudContext, internet } from "../context";
import type { Network, Topology } from "../world";
import { ipBatch, runIn } from "./command";
import { uplink } from "./ports";
import { associationsInUse, port25, ruleset } from "./ruleset";

export interface CloudNetwork extends Network {
  /** How many packets to port 25 of the internet were dropped since the cloud started. */
  droppedPort25(): Promise<number>;
}

/** The router of a cloud whose namespaces are there (`createNamespaces`). */
export function openNetwork({ netns }: CloudContext): CloudNetwork {
  let last: Promise<void> = Promise.resolve();

  const apply = async (topology: Topology) => {
    const wanted = associationsInUse(topology).map(({ publicIp }) => publicIp);
    const present = await uplinkAddresses(netns.cloud);
    // An address answers only while its rules are in force.
    await ipBatch(
      netns.cloud,
      change(
        "del",
        present.filter((address) => !wanted.includes(address)),
      ),
    );
    await runIn(netns.cloud, ["nft", "-f", "-"], { input: ruleset(topology) });
    await ipBatch(
      netns.cloud,
      change(
        "add",
        wanted.filter((address) => !present.includes(address)),
      ),
    );
  };

  return {
    apply: (topology) => {
      last = last.catch(() => {}).then(() => apply(topology));
      return last;
    },
    droppedPort25: async () => {
      const { stdout } = await runIn(
        netns.cloud,
        ["nft", "list", "counter", "inet", port25.table, port25.counter],
        // Before the first topology there is no such counter.
        { accept: [0, 1] },
      );
      return Number(/packets (\d+)/.exec(stdout)?.[1] ?? 0);
    },
  };
}

/** The Elastic IPs that are on the uplink now. */
async function uplinkAddresses(netns: string): Promise<string[]> {
  const { stdout } = await runIn(netns, ["ip", "-json", "-4", "address", "show", "dev", uplink]);
  const [device] = JSON.parse(stdout) as { addr_info: { local: string }[] }[];
  const own: readonly string[] = [internet.cloud, internet.storage];
  return (device?.addr_info ?? []).map(({ local }) => local).filter((address) => !own.includes(address));
}

function change(action: "add" | "del", addresses: readonly string[]): string[] {
  return addresses.map((address) => `address ${action} ${address}/32 dev ${uplink}`);
}
