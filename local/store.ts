import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Inventory, Kind } from "./inventory";

/**
 * What the cloud holds, on disk. Every change is written at once and as a whole: a killed daemon finds the last
 * state complete. It holds user data and DNS contents in the clear, so the file is for its owner only.
 */
export class Store {
  private constructor(
    private readonly file: string,
    private readonly tables: Tables,
  ) {}

  /** @param file made with the first change; a missing one is an empty cloud */
  static open(file: string): Store {
    mkdirSync(dirname(file), { recursive: true });
    return new Store(file, load(file));
  }

  get<K extends Kind>(kind: K, id: string): Inventory[K] | undefined {
    return this.table(kind)[id];
  }

  /** All rows of a kind as `[id, row]`, oldest first. */
  all<K extends Kind>(kind: K): [string, Inventory[K]][] {
    return Object.entries(this.table(kind));
  }

  put<K extends Kind>(kind: K, id: string, row: Inventory[K]): void {
    this.table(kind)[id] = row;
    this.save();
  }

  /** Puts a row for each that is there. */
  map<K extends Kind>(kind: K, change: (row: Inventory[K]) => Inventory[K]): void {
    const table = this.table(kind);
    for (const [id, row] of Object.entries(table)) table[id] = change(row);
    this.save();
  }

  remove(kind: Kind, id: string): void {
    delete this.table(kind)[id];
    this.save();
  }

  /** How many things the cloud holds. */
  get size(): number {
    return Object.values(this.tables).reduce((sum, rows) => sum + Object.keys(rows).length, 0);
  }

  private table<K extends Kind>(kind: K): Record<string, Inventory[K]> {
    this.tables[kind] ??= {} as Tables[K];
    return this.tables[kind] as Record<string, Inventory[K]>;
  }

  private save(): void {
    const draft = `${this.file}.new`;
    writeFileSync(draft, JSON.stringify({ format, tables: this.tables }), { mode: 0o600 });
    renameSync(draft, this.file);
  }
}

type Tables = { [K in Kind]?: Record<string, Inventory[K]> };

const format = 1;

function load(file: string): Tables {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
  const saved = JSON.parse(text) as { format: number; tables: Tables };
  if (saved.format === format) return saved.tables;
  throw new Error(
    `${file}: the cloud's state has format ${saved.format}, this version reads ${format}. Run "down" and start afresh.`,
  );
}
