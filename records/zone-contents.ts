import type { ExistingRecord } from "./existing";

/** What zones hold, found by name without looking through all of it. */
export class ZoneContents {
  private readonly byName = new Map<string, ExistingRecord[]>();
  private readonly byParent = new Map<string, ExistingRecord[]>();

  constructor(records: readonly ExistingRecord[]) {
    for (const record of records) {
      const name = record.name.toLowerCase();
      add(this.byName, key(record.zoneId, name), record);
      add(this.byParent, key(record.zoneId, name.slice(name.indexOf(".") + 1)), record);
    }
  }

  /** The records of one name. */
  at(zoneId: string, name: string): readonly ExistingRecord[] {
    return this.byName.get(key(zoneId, name)) ?? [];
  }

  /** The records whose name has one label more. */
  below(zoneId: string, name: string): readonly ExistingRecord[] {
    return this.byParent.get(key(zoneId, name)) ?? [];
  }
}

function key(zoneId: string, name: string): string {
  return `${zoneId} ${name}`;
}

function add(index: Map<string, ExistingRecord[]>, at: string, record: ExistingRecord): void {
  const there = index.get(at);
  if (there) there.push(record);
  else index.set(at, [record]);
}
