import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { internet } from "./context";
import type { Account, CatalogueImage, ZoneSettings } from "./world";

/** The account of a local cloud, kept on disk; what changes at run time holds from the next call on. */
export class LocalAccount implements Account {
  readonly id = "123456789012";
  readonly region = "us-east-1";
  readonly publicPool = internet.publicPool;
  readonly ipv6Pool = internet.ipv6.vpcPool;

  private constructor(
    private readonly file: string,
    private readonly settings: Settings,
  ) {}

  /**
   * @param file made with the first change; a missing one is a new account, whose outbound port 25 is open
   * @param machinesBoot whether instances are machines that boot; that stays so as long as the account is there
   */
  static open(file: string, machinesBoot: boolean): LocalAccount {
    mkdirSync(dirname(file), { recursive: true });
    const settings = load(file) ?? { machinesBoot, zones: [], outboundPort25: "open", images: [] };
    if (settings.machinesBoot === machinesBoot) return new LocalAccount(file, settings);
    const [has, wanted] = machinesBoot ? ["do not boot", "boot"] : ["boot", "do not boot"];
    throw new Error(`its machines ${has}. Remove it with "down" first to have machines that ${wanted}.`);
  }

  get zones(): readonly string[] {
    return this.settings.zones;
  }

  get outboundPort25(): "blocked" | "open" {
    return this.settings.outboundPort25;
  }

  set outboundPort25(state: "blocked" | "open") {
    this.settings.outboundPort25 = state;
    this.save();
  }

  get images(): readonly CatalogueImage[] {
    return this.settings.images.map(({ root: _, ...image }) => image);
  }

  /** The root directories of all images there ever were, by their ids: a machine stays on its own. */
  get imageRoots(): ReadonlyMap<string, string> {
    return new Map(this.settings.images.map(({ id, root }) => [id, root]));
  }

  get zoneSettings(): Readonly<Record<string, ZoneSettings>> {
    return this.settings.zoneSettings ?? {};
  }

  /**
   * A zone that is there before anything is declared, as one is that was registered by hand.
   * @throws if it is there and stands otherwise
   */
  addZone(name: string, { account, unsigned }: Pick<ZoneSettings, "account" | "unsigned"> = {}): void {
    const known = this.zoneSettings[name];
    if (this.settings.zones.includes(name)) {
      if ((account ?? known?.account) === known?.account && (unsigned ?? known?.unsigned) === known?.unsigned)
        return;
      throw new Error(`The zone ${name} is there already, and stands otherwise. Choose another name.`);
    }
    this.settings.zones.push(name);
    this.changeZone(name, { account, unsigned });
  }

  /** What a registrar is told by hand: from then on it does nothing by itself. */
  setDs(zone: string, ds: readonly string[]): void {
    this.changeZone(zone, { ds });
  }

  private changeZone(name: string, change: ZoneSettings): void {
    this.settings.zoneSettings = { ...this.zoneSettings, [name]: { ...this.zoneSettings[name], ...change } };
    this.save();
  }

  /** Offers an image of Debian 13; of several the newest is what programs find. */
  addImage(root: string, architecture: CatalogueImage["architecture"]): void {
    const id = `ami-${createHash("sha256").update(`${architecture}\0${root}`).digest("hex").slice(0, 17)}`;
    if (this.settings.images.some((image) => image.id === id)) return;
    const created = new Date().toISOString();
    const [date = "", time = ""] = created.replace(/[-:]/g, "").split("T");
    const name = `debian-13-${architecture === "x86_64" ? "amd64" : architecture}-${date}-${time.slice(0, 4)}`;
    this.settings.images.push({ id, name, owner: debian, architecture, created, root });
    this.save();
  }

  private save(): void {
    const draft = `${this.file}.new`;
    writeFileSync(draft, JSON.stringify(this.settings));
    renameSync(draft, this.file);
  }
}

/** Debian's own account, which owns its images on AWS. */
const debian = "136693071363";

interface Settings {
  readonly machinesBoot: boolean;
  readonly zones: string[];
  zoneSettings?: Readonly<Record<string, ZoneSettings>>;
  outboundPort25: "blocked" | "open";
  readonly images: (CatalogueImage & { readonly root: string })[];
}

function load(file: string): Settings | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Settings;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
