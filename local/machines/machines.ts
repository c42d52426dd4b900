import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CloudContext } from "../context";
import { portName } from "../network/ports";
import { setUpPort } from "../network/set-up-port";
import { serveDhcp } from "../services/dhcp";
import type { MachineSpec, Machines } from "../world";
import { createCgroups, removeCgroups } from "./cgroup";
import { type AttachedVolume, deviceBinds, plug, unplug } from "./devices";
import { type Bind, boot, type RunningMachine } from "./nspawn";
import { type MachineFile, prepareRootDisk } from "./root-disk";
import type { CloudVolumes } from "./volumes";

export interface MachinesOptions {
  /** The root directories of the images to boot from, by their ids. */
  readonly images: ReadonlyMap<string, string>;
  readonly volumes: Pick<CloudVolumes, "device">;
  /** Certificates, in PEM, that a machine trusts from its next boot on beside those of its image. */
  readonly trust: () => string;
  /** Files that every machine has from its next boot on. @default none */
  readonly files?: () => readonly MachineFile[];
}

export interface CloudMachines extends Machines {
  /** The machines that are on. */
  list(): readonly PoweredMachine[];
  /** Finds a machine that is on by its instance's id or the first label of the host name it has given itself. */
  find(label: string): Promise<RunningMachine | undefined>;
  /** Shuts all machines down; their root disks stay. */
  close(): Promise<void>;
}

export interface PoweredMachine {
  readonly spec: MachineSpec;
  readonly machine: RunningMachine;
  readonly volumes: readonly AttachedVolume[];
  readonly since: Date;
}

/** The machines of a cloud whose namespaces are there. One that the guest powers off stays off; one it reboots comes back. */
export function openMachines(context: CloudContext, options: MachinesOptions): CloudMachines {
  const powered = new Map<string, Powered>();

  const powerOn = async (spec: MachineSpec, volumeIds: readonly string[]): Promise<void> => {
    const entry = await start(context, options, spec, volumeIds);
    powered.set(spec.id, entry);
    entry.off = entry.machine.ended.then(async (how) => {
      await entry.disconnect();
      if (how === "reboot" && !entry.stopping) {
        const attached = entry.volumes.map(({ id }) => id);
        await powerOn(entry.spec, attached).catch((error) => appendFile(entry.machine.console, `${error}\n`));
      }
      if (powered.get(spec.id) === entry) powered.delete(spec.id);
    });
  };

  const powerOff = async (id: string): Promise<void> => {
    // Again for one that was about to come back from a reboot.
    for (let entry = powered.get(id); entry; entry = powered.get(id)) {
      entry.stopping = true;
      await entry.machine.stop();
      await entry.off;
    }
  };

  const attach = async (id: string, volumeId: string): Promise<void> => {
    const entry = powered.get(id);
    if (!entry || entry.volumes.some((volume) => volume.id === volumeId)) return;
    const volume = await connectVolume(options, volumeId, freeIndex(entry.volumes));
    await plug(entry.machine, volume);
    entry.volumes = [...entry.volumes, volume];
  };

  return {
    start: async (spec, volumeIds) => {
      if (!powered.has(spec.id)) return powerOn(spec, volumeIds);
      for (const volumeId of volumeIds) await attach(spec.id, volumeId);
    },

    stop: powerOff,

    terminate: async (id) => {
      await powerOff(id);
      await rm(machineDir(context, id), { recursive: true, force: true });
    },

    readdress: async (spec) => {
      const entry = powered.get(spec.id);
      if (!entry) return;
      await entry.disconnect();
      entry.spec = spec;
      entry.disconnect = await connect(context, spec, machineDir(context, spec.id));
    },

    attach,

    detach: async (id, volumeId) => {
      const entry = powered.get(id);
      const volume = entry?.volumes.find((attached) => attached.id === volumeId);
      if (!entry || !volume) return;
      await unplug(entry.machine, volume);
      entry.volumes = entry.volumes.filter((attached) => attached !== volume);
    },

    list: () => [...powered.values()],

    find: async (label) => {
      for (const { spec, machine } of powered.values()) {
        if (spec.id === label || (await hostLabel(machine)) === label) return machine;
      }
      return undefined;
    },

    close: async () => {
      await Promise.all([...powered.keys()].map(powerOff));
    },
  };
}

interface Powered extends PoweredMachine {
  spec: MachineSpec;
  volumes: readonly AttachedVolume[];
  /** Whether it was told to shut down, so that it stays off even if the guest is about to reboot. */
  stopping: boolean;
  /** Settles when it is off, or on again. */
  off: Promise<void>;
  disconnect: () => Promise<void>;
}

async function start(
  context: CloudContext,
  options: MachinesOptions,
  spec: MachineSpec,
  volumeIds: readonly string[],
): Promise<Powered> {
  const image = options.images.get(spec.imageId);
  if (!image) throw new Error(`There is no image ${spec.imageId} to boot ${spec.id} from.`);
  const dir = machineDir(context, spec.id);
  const lower = await prepareRootDisk(dir, image, options.trust(), options.files?.() ?? []);
  const volumes = await Promise.all(volumeIds.map((id, at) => connectVolume(options, id, at + 1)));
  const machine = await boot({
    context,
    name: spec.id,
    hostname: hostname(spec),
    image: lower,
    dir,
    memoryMiB: spec.memoryMiB,
    cable: { guest: "ens5", mac: spec.mac, port: portName(spec.id), netns: context.netns.cloud },
    binds: [await hypervisor(dir, spec.id), ...volumes.flatMap(deviceBinds)],
  });
  const disconnect = await connect(context, spec, dir).catch(async (error) => {
    await machine.kill();
    throw error;
  });
  return { spec, machine, volumes, since: new Date(), stopping: false, off: Promise.resolve(), disconnect };
}

/** Connects a machine's port with the cloud: addresses, routes and DHCP. */
async function connect(context: CloudContext, spec: MachineSpec, dir: string): Promise<() => Promise<void>> {
  const netns = context.netns.cloud;
  const { mac, privateIp, subnetCidr, ipv6 } = spec;
  await setUpPort(netns, { port: portName(spec.id), privateIp, subnetCidr, ipv6 });
  const cgroups = await createCgroups(context, `${spec.id}-dhcp`);
  const dhcp = await serveDhcp({
    netns,
    port: portName(spec.id),
    mac,
    address: privateIp,
    subnetCidr,
    ipv6,
    log: join(dir, "dhcp.log"),
    cgroup: cgroups[0],
  });
  return async () => {
    await dhcp.stop();
    await removeCgroups(cgroups);
  };
}

async function connectVolume(
  { volumes }: MachinesOptions,
  id: string,
  index: number,
): Promise<AttachedVolume> {
  return { id, index, device: await volumes.device(id) };
}

function freeIndex(volumes: readonly AttachedVolume[]): number {
  const taken = new Set(volumes.map(({ index }) => index));
  let index = 1;
  while (taken.has(index)) index++;
  return index;
}

/** By a hypervisor's UUID that begins with `ec2`, software in the guest sees that it is on EC2 (EC2 User Guide, "Identify EC2 instances"). */
async function hypervisor(dir: string, instanceId: string): Promise<Bind> {
  const source = join(dir, "hypervisor");
  await mkdir(source, { recursive: true });
  const digits = instanceId.replace(/^i-/, "").padStart(17, "0");
  const uuid = `ec2${digits.slice(0, 5)}-${digits.slice(5, 9)}-4${digits.slice(9, 12)}-8${digits.slice(12, 15)}-${digits.slice(5)}`;
  await writeFile(join(source, "uuid"), `${uuid}\n`);
  return { source, target: "/sys/hypervisor", readOnly: true };
}

async function hostLabel(machine: RunningMachine): Promise<string> {
  const { stdout } = await machine.exec(["cat", "/proc/sys/kernel/hostname"], { accept: [0, 1] });
  return stdout.trim().split(".")[0] ?? "";
}

/** The name that EC2 gives a machine before it has another. */
function hostname({ privateIp }: MachineSpec): string {
  return `ip-${privateIp.replaceAll(".", "-")}`;
}

function machineDir(context: CloudContext, id: string): string {
  return join(context.dir, "machines", id);
}
