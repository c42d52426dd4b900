/** What the agent on the host applies: rendered files and what to do with them. It holds secrets. */
export interface Bundle {
  readonly format: 1;
  readonly hostname: string;
  /** Debian packages, installed without their recommendations. */
  readonly packages: readonly string[];
  /** The block device that holds the data; nothing is applied before it is attached. */
  readonly volume: string;
  /** In the order in which they are checked, prepared and started. */
  readonly parts: readonly HostPart[];
}

/** One program of the host. Errors name it. */
export interface HostPart {
  readonly name: string;
  readonly files: readonly HostFile[];
  /** Commands that judge the staged files before anything that runs sees them. */
  readonly checks: readonly Command[];
  /** Commands that run once the files are in place and before any service is touched; safe to repeat. */
  readonly prepare: readonly Command[];
  /** Made after `prepare`, when missing. */
  readonly directories: readonly HostDirectory[];
  readonly services: readonly HostService[];
  readonly ports: readonly HostPort[];
}

/** A program and its arguments; no shell. */
export type Command = readonly [string, ...string[]];

export interface HostFile {
  /** Below `/etc` or `/usr/local/lib/mailserver`, the two trees that the agent can stage. */
  readonly path: string;
  readonly content: string;
  /** Four octal digits. */
  readonly mode: string;
  /** `user:group` */
  readonly owner: string;
}

export interface HostDirectory {
  readonly path: string;
  readonly mode: string;
  /** `user:group`, of the directory and, if that changes, of everything in it. */
  readonly owner: string;
}

export interface HostService {
  readonly unit: string;
  /** What makes it see changed files of its part; `wait` leaves that to the next boot. */
  readonly onChange: "reload" | "restart" | "wait";
}

/** Something that must answer once the services are up. */
export interface HostPort {
  readonly port: number;
  /** Whether TLS begins with the first byte; then the certificate in force must be served. */
  readonly tls: boolean;
  /** What the server says first, if it does. */
  readonly greeting: string;
}

/** A part from what is special about it. */
export function part(name: string, contents: Partial<Omit<HostPart, "name">>): HostPart {
  return { name, files: [], checks: [], prepare: [], directories: [], services: [], ports: [], ...contents };
}

/** A file that everybody may read. */
export function publicFile(path: string, content: string): HostFile {
  return { path, content, mode: "0644", owner: "root:root" };
}

/** A file for root and, when given, the members of one group. */
export function secretFile(path: string, content: string, group = "root"): HostFile {
  return { path, content, mode: group === "root" ? "0600" : "0640", owner: `root:${group}` };
}

/** Canonical JSON: equal declarations give equal bytes. */
export function serializeBundle(bundle: Bundle): string {
  return `${JSON.stringify(bundle)}\n`;
}
