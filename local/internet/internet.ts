import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Authority } from "../authority";
import type { CloudContext } from "../context";
import { type Bind, boot, type RunningMachine } from "../machines/nspawn";
import type { Dns } from "../world";
import { KnotDns } from "./dns";
import { eximFiles, mailDir, peerDomain, peerHost, peerRecords, queueDir } from "./exim";
import { writeFiles } from "./files";
import { knotDir, knotFiles } from "./knot";
import { machineFiles, waitUntilStarted } from "./machine";
import { pebbleFiles, trustDir } from "./pebble";
import { internetState } from "./state";
import { unboundFiles } from "./unbound";
import { mirrorName, mirrorRoot, webFiles } from "./web";
import { initialZones, rootHints } from "./zones";

export interface InternetOptions {
  /** Certifies the ACME server's API, the correspondent's mail server and the package mirror. */
  readonly authority: Authority;
  /** The root directory of the internet machine's image, see `image.ts`. */
  readonly image: string;
  /** What is served as the distribution's package mirror, see `mirror.ts`. @default nothing */
  readonly mirrorDir?: string;
}

export interface Internet {
  readonly dns: Dns;
  readonly machine: RunningMachine;
  /** What a resolver that starts at this internet's root needs; the key stays the same as long as the cloud lives. */
  readonly anchors: {
    /** Contents for /usr/share/dns/root.hints. */
    readonly hints: string;
    /** Contents for /usr/share/dns/root.key. */
    readonly key: string;
  };
  /** PEM: the local authority and every root that the ACME server ever had in this cloud. */
  trust(): string;
  stop(): Promise<void>;
}

/**
 * Starts the simulated internet: one machine with name servers from the root down, a validating resolver, an ACME
 * server, a correspondent's mail server and the distribution's package mirror. Resolves once all of them answer.
 * What was made before (zones, keys, mail) is there again; the machine itself is always new.
 */
export async function startInternet(context: CloudContext, options: InternetOptions): Promise<Internet> {
  const { authority, image, mirrorDir } = options;
  const state = internetState(context);
  for (const dir of [state.trust, state.mail, state.queue]) await mkdir(dir, { recursive: true });
  const trustFile = join(state.trust, "trust.pem");
  await writeFile(trustFile, `${authority.rootPem.trimEnd()}\n`, { flag: "wx" }).catch(unlessExists);

  const dkimKey = await keep(join(state.dir, "dkim.key"), newDkimKey);
  let machine: RunningMachine | undefined;
  const dns = await KnotDns.open(state.knot, initialZones(peerRecords(dkimKey)), () => {
    if (!machine) throw new Error("The simulated internet is not running.");
    return machine;
  });

  const disk = join(state.dir, "machine");
  await rm(disk, { recursive: true, force: true });
  await writeFiles(join(disk, "upper"), {
    ...machineFiles,
    ...knotFiles,
    ...unboundFiles,
    ...pebbleFiles(await authority.issue(["acme.test", "127.0.0.1"]), authority.rootPem),
    ...eximFiles(await authority.issue([peerHost, peerDomain]), dkimKey),
    ...webFiles(await authority.issue([mirrorName])),
  });
  const binds: Bind[] = [
    { source: state.knot, target: knotDir },
    { source: state.trust, target: trustDir },
    { source: state.mail, target: mailDir },
    { source: state.queue, target: queueDir },
  ];
  if (mirrorDir !== undefined) binds.push({ source: mirrorDir, target: mirrorRoot, readOnly: true });
  machine = await boot({
    context,
    name: "internet",
    image,
    dir: disk,
    cable: { guest: "ens5", port: "machine", netns: context.netns.internet, bridge: "inet0" },
    binds,
  });
  try {
    await waitUntilStarted(machine);
    await dns.delegate();
    const key = (await machine.exec(["keymgr", ".", "dnskey"])).stdout.replace(" ", " 172800 IN ");
    return {
      dns,
      machine,
      anchors: { hints: rootHints, key },
      trust: () => readFileSync(trustFile, "utf8"),
      stop: machine.stop,
    };
  } catch (error) {
    await machine.kill();
    throw error;
  }
}

/** A file's text; the first time it is made. */
async function keep(file: string, make: () => string): Promise<string> {
  await writeFile(file, make(), { flag: "wx", mode: 0o600 }).catch(unlessExists);
  return readFile(file, "utf8");
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

function newDkimKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
