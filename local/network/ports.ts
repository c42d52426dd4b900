/** The cloud's end of a machine's cable: `v-` and the end of the instance's id, as long as an interface's name may be. */
export function portName(instanceId: string): string {
  return `v-${instanceId.slice(-12)}`;
}

/** Matches the names of all ports in nftables. */
export const anyPort = '"v-*"';

/** The cloud's interface on the simulated internet. */
export const uplink = "up0";

/** Addresses that every machine finds at its cloud, wherever it is (as on EC2). */
export const linkLocal = { metadata: "169.254.169.254", resolver: "169.254.169.253" } as const;

/** Marks a packet that begins a connection from elsewhere to a machine; what the cloud itself sends has no mark. */
export const forwarded = 1;
