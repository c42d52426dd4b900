import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Inventory, Kind } from "./inventory";

/**
 * What the cloud holds, on disk. Every change is written at once, as a line after the state as it was when the file was
 * last written as a whole: a killed daemon finds the last state complete, and a change costs the same however much
 * there is. It holds user data and DNS contents in the clear, so the file is for its owner only.
 */
export class Store {
  private changes = 0;
  /** As many changes as there are rows, so that writing all of them stays a small part of the whole. */
  private limit = 0;

  private constructor(
    private readonly file: string,
    private readonly tables: Tables,
  ) {}

  /** @param file made with the first change; a missing one is an empty cloud */
  static open(file: string): Store {
    mkdirSync(dirname(file), { recursive: true });
    const tables = load(file);
    const store = new Store(file, tables ?? new Map());
    if (tables) store.save();
    return store;
  }

  get<K extends Kind>(kind: K, id: string): Inventory[K] | undefined {
    return this.table(kind).get(id);
  }

  /** All rows of a kind as `[id, row]`, oldest first. */
  all<K extends Kind>(kind: K): [string, Inventory[K]][] {
    return [...this.table(kind)];
  }

  put<K extends Kind>(kind: K, id: string, row: Inventory[K]): void {
    this.table(kind).set(id, row);
    this.append([kind, id, row]);
  }

  /** Puts a row for each that is there. */
  map<K extends Kind>(kind: K, change: (row: Inventory[K]) => Inventory[K]): void {
    const table = this.table(kind);
    for (const [id, row] of table) table.set(id, change(row));
    this.save();
  }

  remove(kind: Kind, id: string): void {
    this.table(kind).delete(id);
    this.append([kind, id]);
  }

  /** How many things the cloud holds. */
  get size(): number {
    return [...this.tables.values()].reduce((sum, rows) => sum + rows.size, 0);
  }

  private table<K extends Kind>(kind: K): Map<string, Inventory[K]> {
    const table = this.tables.get(kind) ?? new Map();
    this.tables.set(kind, table);
    return table as Map<string, Inventory[K]>;
  }

  private append(change: Change): void {
    if (this.changes >= this.limit) {
      this.save();
    } else {
      appendFileSync(this.file, `${JSON.stringify(change)}\n`);
      this.changes++;
    }
  }

  private save(): void {
    const draft = `${this.file}.new`;
    const tables = Object.fromEntries([...this.tables].map(([kind, rows]) => [kind, [...rows]]));
    writeFileSync(draft, `${JSON.stringify({ format, tables })}\n`, { mode: 0o600 });
    renameSync(draft, this.file);
    this.changes = 0;
    this.limit = Math.max(1000, this.size);
  }
}

/** Rows by their ids, oldest first, by kind. */
type Tables = Map<string, Map<string, unknown>>;

/** A row that was put, or without one, that was removed. */
type Change = readonly [kind: Kind, id: string, row?: unknown];

const format = 2;

/** @returns undefined if there is no file */
function load(file: string): Tables | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const [first = "", ...changes] = text.split("\n");
  const saved = JSON.parse(first) as { format: number; tables: Record<string, [string, unknown][]> };
  if (saved.format !== format)
    throw new Error(
      `${file}: the cloud's state has format ${saved.format}, this version reads ${format}. Run "down" and start afresh.`,
    );
  const tables: Tables = new Map(Object.entries(saved.tables).map(([kind, rows]) => [kind, new Map(rows)]));
  // What follows the last end of a line is a change that was cut short, which nobody was told had happened.
  for (const line of changes.slice(0, -1)) {
    const [kind, id, ...row] = JSON.parse(line) as [string, string, unknown?];
    const table = tables.get(kind) ?? new Map<string, unknown>();
    tables.set(kind, table);
    if (row.length > 0) table.set(id, row[0]);
    else table.delete(id);
  }
  return tables;
}
