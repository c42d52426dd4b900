/** What the agent on the host applies: rendered files and what to do with them. It holds secrets. */
export interface Bundle {
  readonly format: 1;
  readonly hostname: string;
  /** Debian packages, installed without their recommendations. */
  readonly packages: readonly string[];
  readonly volume: { readonly device: string; readonly mountpoint: string };
  /** In the order in which they are checked and started. */
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
  readonly directories: readonly HostDirectory[];
  readonly services: readonly HostService[];
  readonly ports: readonly HostPort[];
}

/** A program and its arguments; no shell. */
export type Command = readonly [string, ...string[]];

export interface HostFile {
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
  /** `user:group`, of the directory and of everything in it. */
  readonly owner: string;
}

export interface HostService {
  readonly unit: string;
  /** What makes it see changed files of its part. */
  readonly onChange: "reload" | "restart";
}

/** Something that must answer once the services are up. */
export interface HostPort {
  readonly port: number;
  /** Whether the certificate in force must be served on it from the first byte. */
  readonly tls: boolean;
}

/** Canonical JSON: equal declarations give equal bytes. */
export function serializeBundle(bundle: Bundle): string {
  return `${JSON.stringify(bundle)}\n`;
}
