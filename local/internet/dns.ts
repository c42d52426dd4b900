import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { internet } from "../context";
import type { ZoneKey } from "../dnssec";
import type { RunningMachine } from "../machines/nspawn";
import { CommandError } from "../run";
import type { Dns, ZoneTrust } from "../world";
import { parseZonesConf, zonesConf } from "./knot";
import { BatchQueue } from "./queue";
import { nameservers, parentOf, zoneFile } from "./zones";

/** An update of one zone, in the language of knsupdate (RFC 2136). */
interface Update {
  readonly zone: string;
  readonly lines: readonly string[];
}

/** The simulated internet's DNS: its zones and their records, through the machine that serves them. */
export class KnotDns implements Dns {
  private readonly queue = new BatchQueue<Update>((updates) => this.send(updates));
  /** The DS records of zones; of one that was not told of yet since the start, the parent keeps what it has. */
  private readonly ds = new Map<string, ZoneTrust["ds"]>();

  private constructor(
    private readonly dir: string,
    /** Whether each is signed. */
    private readonly signed: Map<string, boolean>,
    private readonly machine: () => Pick<RunningMachine, "exec">,
  ) {}

  /**
   * Opens the zones kept in a folder, and lays down the initial ones the first time.
   * @param dir the folder on this side that the machine sees as Knot's own
   * @param machine the machine; it is asked for first when a zone changes
   */
  static async open(
    dir: string,
    initial: Readonly<Record<string, readonly string[]>>,
    machine: () => Pick<RunningMachine, "exec">,
  ): Promise<KnotDns> {
    await mkdir(join(dir, "zones"), { recursive: true });
    const known = parseZonesConf(await readFile(join(dir, "zones.conf"), "utf8").catch(() => ""));
    const dns = new KnotDns(dir, known, machine);
    for (const [zone, records] of Object.entries(initial)) {
      dns.ds.set(zone, "own");
      if (!dns.signed.has(zone)) await dns.addZone(zone, records, true);
    }
    return dns;
  }

  /** Makes the delegations of the zones that were there from the beginning. */
  delegate(): Promise<void> {
    return this.queue.alone(async () => this.send(await this.delegations([...this.ds.keys()])));
  }

  createZone(zone: string, { signed, ds }: ZoneTrust = { signed: true, ds: "own" }): Promise<void> {
    return this.queue.alone(async () => {
      this.ds.set(zone, ds);
      if (!this.signed.has(zone)) {
        await this.addZone(zone, [], signed);
        await this.shell(`knotc reload && knotc --blocking zone-reload "$1"`, [`${zone}.`]);
      } else if (signed && !this.signed.get(zone)) {
        this.signed.set(zone, true);
        await this.saveZones();
        await this.shell(`knotc reload && knotc --blocking zone-sign "$1" && ${flush} "$1"`, [`${zone}.`]);
      }
      const inside = this.inside(zone);
      const outer = parentOf(zone, this.zones) ?? "";
      await this.send([
        ...inside.map((child) => ({ zone: outer, lines: removal(child) })),
        ...(await this.delegations([zone, ...inside])),
      ]);
    });
  }

  deleteZone(zone: string): Promise<void> {
    return this.queue.alone(async () => {
      if (!this.signed.has(zone)) return;
      const inside = this.inside(zone);
      const outer = parentOf(zone, this.zones) ?? "";
      const others = new Set(this.zones);
      others.delete(zone);
      await this.send([{ zone: outer, lines: removal(zone) }, ...(await this.delegations(inside, others))]);
      this.signed.delete(zone);
      this.ds.delete(zone);
      await this.saveZones();
      await this.shell(`knotc reload && knotc --force zone-purge +orphan "$1" && ${flush} "$2"`, [
        `${zone}.`,
        `${outer}.`,
      ]);
    });
  }

  async zoneKey(zone: string): Promise<ZoneKey> {
    const said = await this.shell(`keymgr "$1" dnskey`, [`${zone}.`]);
    const [, flags, algorithm, publicKey] = /\sDNSKEY\s+(\d+) 3 (\d+) (\S+)/.exec(said) ?? [];
    if (publicKey === undefined) throw new Error(`The zone ${zone} is not signed.`);
    return { flags: Number(flags), algorithm: Number(algorithm), publicKey };
  }

  set(zone: string, owner: string, type: string, ttl: number, rdata: readonly string[]): Promise<void> {
    const lines = [`del ${owner}. ${type}`, ...rdata.map((data) => `add ${owner}. ${ttl} ${type} ${data}`)];
    return this.queue.add({ zone, lines });
  }

  async resolve(name: string, type: "A" | "AAAA" | "PTR" | "TXT" | "MX"): Promise<readonly string[]> {
    const { stdout } = await this.machine().exec(
      ["kdig", `@${internet.resolver}`, "+noall", "+header", "+answer", `${name}.`, type],
      { timeout: 30_000 },
    );
    const status = /status: (\w+);/.exec(stdout)?.[1];
    if (status !== "NOERROR" && status !== "NXDOMAIN") {
      throw new Error(`The resolver could not look up ${name} ${type}: ${status ?? stdout.trim()}`);
    }
    const answer = new RegExp(`^\\S+\\s+\\d+\\s+IN\\s+${type}\\s+(.*)$`, "gm");
    return [...stdout.matchAll(answer)].map(([, data = ""]) => data);
  }

  private get zones(): ReadonlySet<string> {
    return new Set(this.signed.keys());
  }

  private async addZone(zone: string, records: readonly string[], signed: boolean): Promise<void> {
    await writeFile(join(this.dir, "zones", `${zone}.zone`), zoneFile(zone, records));
    this.signed.set(zone, signed);
    await this.saveZones();
  }

  private async saveZones(): Promise<void> {
    const file = join(this.dir, "zones.conf");
    await writeFile(`${file}.new`, zonesConf(this.signed));
    await rename(`${file}.new`, file);
  }

  /** The zones that the given one is, or would be, the parent of. */
  private inside(zone: string): string[] {
    const all = new Set(this.zones).add(zone);
    return [...this.zones].filter((other) => parentOf(other, all) === zone);
  }

  /** What has to be in the parents of the given zones so that they are found and trusted. */
  private async delegations(zones: readonly string[], all: Iterable<string> = this.zones): Promise<Update[]> {
    const children = zones.filter((zone) => zone !== "" && this.ds.has(zone));
    const digests = await this.ownDigests(children.filter((zone) => this.ds.get(zone) === "own"));
    return children.map((child) => ({
      zone: parentOf(child, all) ?? "",
      lines: [
        ...removal(child),
        ...nameservers.map(({ name }) => `add ${child}. 300 NS ${name}.`),
        ...this.dsOf(child, digests).map((digest) => `add ${child}. 300 DS ${digest}`),
      ],
    }));
  }

  /** The DS records of the zones' own keys, by SHA-256. */
  private async ownDigests(zones: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const said = await this.shell(
      `for zone; do keymgr "$zone" ds; done`,
      zones.map((zone) => `${zone}.`),
    );
    const found = said.matchAll(/^(\S+)\.\s+DS\s+(\d+ \d+ 2 .*)$/gm);
    return new Map([...found].map(([, zone = "", digest = ""]) => [zone, digest]));
  }

  private dsOf(zone: string, own: ReadonlyMap<string, string>): readonly string[] {
    const ds = this.ds.get(zone) ?? [];
    return ds === "own" ? [own.get(zone) ?? []].flat() : ds;
  }

  /** Sends updates, and has the resolver forget what it knew of their zones. */
  private async send(updates: readonly Update[]): Promise<void> {
    if (updates.length === 0) return;
    const lines = updates.flatMap((update) => [`zone ${update.zone}.`, ...update.lines, "send"]);
    const zones = new Set(updates.map(({ zone }) => `${zone}.`));
    const script = `knsupdate && for zone; do ${flush} "$zone" || exit; done`;
    try {
      await this.shell(script, [...zones], ["server 127.0.0.1", ...lines, ""].join("\n"));
    } catch (cause) {
      const said = cause instanceof CommandError ? cause.result.stderr.trim() : String(cause);
      throw new Error(`The name server refused this update: ${said}\n${lines.join("\n")}`, { cause });
    }
  }

  private async shell(script: string, args: readonly string[], input?: string): Promise<string> {
    return (await this.machine().exec(["sh", "-ec", script, "sh", ...args], { input })).stdout;
  }
}

const flush = "unbound-control -q flush_zone";

/** The lines that take a delegation out of the parent's zone. */
function removal(child: string): string[] {
  return [`del ${child}. NS`, `del ${child}. DS`];
}
