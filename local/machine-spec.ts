import { memoryMiB } from "./providers/aws/instance-types";
import type { Store } from "./store";
import type { MachineSpec } from "./world";

/** What the machine of an instance is to be. */
export function machineSpec(store: Store, instanceId: string): MachineSpec {
  const instance = store.get("instance", instanceId);
  const subnet = instance && store.get("subnet", instance.facts.subnetId);
  if (!subnet) throw new Error(`the store has no instance ${instanceId} in a subnet`);
  const address = instance.facts.ipv6Address;
  return {
    id: instanceId,
    imageId: instance.config.ami ?? "",
    privateIp: instance.facts.privateIp,
    subnetCidr: subnet.facts.cidr,
    ...(address ? { ipv6: { address, subnetCidr: subnet.facts.ipv6?.cidr ?? "" } } : {}),
    mac: instance.facts.mac,
    memoryMiB: memoryMiB(instance.config.instanceType ?? ""),
  };
}

/** The volumes that a machine is to have from its start on. */
export function attachedVolumes(store: Store, instanceId: string): string[] {
  const attachments = store.all("volumeAttachment").map(([, { config }]) => config);
  return attachments.filter((config) => config.instanceId === instanceId).map((config) => config.volumeId);
}
