import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { CloudContext } from "../context";
import { type RunOptions, type RunResult, run } from "../run";
import { createCgroups, emptyCgroup, removeCgroups } from "./cgroup";

export interface BootOptions {
  readonly context: CloudContext;
  /** Unique among the cloud's machines, a valid host name label; its control group is called so. */
  readonly name: string;
  /** The host name until the guest sets its own. @default the name */
  readonly hostname?: string;
  /** The image's root directory; it is never written to. */
  readonly image: string;
  /** Where the root disk is kept: `upper` holds what differs from the image. Made if it isn't there. */
  readonly dir: string;
  /** The machine's only network interface: a cable between the guest and a port in another namespace. */
  readonly cable: Cable;
  /** Files, directories or devices of the host that the guest sees. */
  readonly binds?: readonly Bind[];
  /** Enforced where the host has a memory controller. @default no limit */
  readonly memoryMiB?: number;
}

export interface Cable {
  /** In the guest, at most 15 characters. */
  readonly guest: string;
  readonly mac?: string;
  /** The port at the other end, at most 15 characters. */
  readonly port: string;
  /** The name of the port's network namespace. */
  readonly netns: string;
  /** A bridge there that the port joins. @default none: the port is left as it is, down */
  readonly bridge?: string;
}

export interface Bind {
  readonly source: string;
  /** @default the same as the source */
  readonly target?: string;
  readonly readOnly?: boolean;
}

/** How a machine ended: by itself (`poweroff`, `reboot`), or `killed`. */
export type MachineEnd = "poweroff" | "reboot" | "killed";

export interface RunningMachine {
  readonly name: string;
  /** The process id, on the host, of the guest's PID 1. */
  readonly leader: number;
  /** What its console said. */
  readonly console: string;
  /** When it was switched on, RFC 3339. */
  readonly since: string;
  /** Settles once the machine is off and nothing of it is left but its disk. Never rejects. */
  readonly ended: Promise<MachineEnd>;
  /** Runs a command as root in the guest. */
  exec(argv: readonly [string, ...string[]], options?: Omit<RunOptions, "cwd" | "env">): Promise<RunResult>;
  /** Shuts down in good order; after 30 seconds as `kill`. */
  stop(): Promise<void>;
  /** Ends all its processes at once. What the guest has written is kept, synchronised or not: the kernel is shared. */
  kill(): Promise<void>;
}

/**
 * Boots a machine: a container with its own PID 1 on an overlay of an image, with its own network namespace and
 * control group. Resolves once the guest's PID 1 runs.
 * @throws if it ends before; the message has the end of its console
 */
export async function boot(options: BootOptions): Promise<RunningMachine> {
  const { context, name, dir, cable } = options;
  const since = new Date().toISOString();
  for (const part of ["upper", "work", "root", "lower"]) await mkdir(join(dir, part), { recursive: true });
  // It is the guest's "/", whatever this process's umask is.
  await chmod(join(dir, "upper"), 0o755);
  const cgroups = await createCgroups(context, name, options.memoryMiB);
  const consoleFile = join(dir, "console.log");
  await removePort(cable);

  const output = openSync(consoleFile, "a");
  const nspawn = spawn(
    "unshare",
    ["--net", "--mount", "--propagation", "private", "sh", "-eu", join(__dirname, "boot.sh")].concat(
      nspawnArguments(options),
    ),
    {
      detached: true,
      stdio: ["ignore", output, output],
      env: {
        PATH: process.env.PATH,
        CGROUPS: cgroups.join("\n"),
        IMAGE: options.image,
        DISK: dir,
        INTERFACE: cable.guest,
        MAC: cable.mac ?? "",
        PEER: cable.port,
        PEER_NETNS: cable.netns,
      },
    },
  );
  closeSync(output);

  const exited = new Promise<number | Error | undefined>((resolve) => {
    nspawn.on("error", resolve);
    nspawn.on("exit", (code) => resolve(code ?? undefined));
  });
  const ended = exited.then(async (status): Promise<MachineEnd> => {
    // Processes of the guest can outlive nspawn for a moment; a next boot must not find them in its control group.
    await emptyCgroup(cgroups[0]);
    await removeCgroups(cgroups);
    await removePort(cable);
    if (status === 0) return "poweroff";
    return status === rebootStatus ? "reboot" : "killed";
  });

  const leader = await findLeader(nspawn);
  if (leader === undefined) {
    const status = await exited;
    await ended;
    const said = (await readFile(consoleFile, "utf8")).trimEnd().split("\n").slice(-12).join("\n");
    const why = status instanceof Error ? status.message : `systemd-nspawn ended with status ${status}`;
    throw new Error(`The machine ${name} did not boot: ${why}\n${said}`);
  }
  const kill = async () => {
    await emptyCgroup(cgroups[0]);
    await ended;
  };
  if (cable.bridge !== undefined) {
    await run(["ip", "-n", cable.netns, "link", "set", cable.port, "master", cable.bridge, "up"]);
  }
  return {
    name,
    leader,
    console: consoleFile,
    since,
    ended,
    exec: (argv, execOptions) => run(enterCommand(leader, argv), execOptions),
    stop: async () => {
      if (isRunning(nspawn)) powerOff(leader);
      const waiting = new AbortController();
      const late = delay(30_000, undefined, { signal: waiting.signal }).then(kill, () => {});
      await Promise.race([ended, late]);
      waiting.abort();
      await ended;
    },
    kill,
  };
}

/** The command that runs `argv` as root in the guest whose PID 1 is the host's process `leader`. */
export function enterCommand(leader: number, argv: readonly [string, ...string[]]): [string, ...string[]] {
  return ["nsenter", "--target", String(leader)]
    .concat(["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--", "env", "--ignore-environment"])
    .concat(Object.entries(guestEnvironment()).map(([key, value]) => `${key}=${value}`))
    .concat(argv) as [string, ...string[]];
}

function guestEnvironment(): Record<string, string> {
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    HOME: "/root",
    USER: "root",
    LOGNAME: "root",
    SHELL: "/bin/bash",
    LANG: "C.UTF-8",
    TERM: process.env.TERM ?? "dumb",
  };
}

/** The status with which `systemd-nspawn --keep-unit` says that the guest asked for a reboot. */
const rebootStatus = 133;

function nspawnArguments({ context, name, hostname, cable, binds = [] }: BootOptions): string[] {
  return [
    "--quiet",
    "--boot",
    `--machine=${context.id}-${name}`,
    `--hostname=${hostname ?? name}`,
    "--register=no",
    "--keep-unit",
    `--network-interface=${cable.guest}`,
    "--resolv-conf=off",
    "--timezone=off",
    "--link-journal=no",
    "--console=pipe",
    ...binds.map(({ source, target, readOnly }) => {
      const paths = [source, target ?? source].map((path) =>
        path.replaceAll("\\", "\\\\").replaceAll(":", "\\:"),
      );
      return `--bind${readOnly ? "-ro" : ""}=${paths.join(":")}`;
    }),
  ];
}

/** Waits for nspawn's child that is PID 1 of its namespace and has become systemd; there is none if nspawn ends before. */
async function findLeader(nspawn: ChildProcess): Promise<number | undefined> {
  while (isRunning(nspawn)) {
    for (const pid of await childrenOf(nspawn.pid)) {
      const [status, comm] = await Promise.all([readProc(pid, "status"), readProc(pid, "comm")]);
      if (/^NSpid:\t\d+\t1$/m.test(status) && comm === "systemd\n") return pid;
    }
    await delay(10);
  }
  return undefined;
}

function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

async function childrenOf(pid: number | undefined): Promise<number[]> {
  const children = pid === undefined ? "" : await readProc(pid, `task/${pid}/children`);
  return children.split(" ").filter(Boolean).map(Number);
}

/** Empty for a process that is gone. */
function readProc(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
}

/** SIGRTMIN+4 asks systemd to power off (systemd(1)); Node has no name for it. */
function powerOff(leader: number): void {
  const sigrtmin = 34;
  try {
    process.kill(leader, sigrtmin + 4);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** A namespace ends some time after its last process; until then the port's name would be taken. */
async function removePort({ netns, port }: Cable): Promise<void> {
  // 255 where the cloud's own namespace has gone meanwhile, and the port with it.
  await run(["ip", "-n", netns, "link", "delete", port], { accept: [0, 1, 255] });
}
