/**
 * Does things one after the other, in the order they were asked for. Items that wait next to each other are handled
 * together; where that fails, each is handled by itself, so that it alone fails for what is wrong with it.
 */
export class BatchQueue<T> {
  private readonly waiting: Entry<T>[] = [];
  private running = false;

  constructor(private readonly handle: (batch: readonly T[]) => Promise<void>) {}

  /** Settles once the item was handled. */
  add(item: T): Promise<void> {
    return new Promise((done, failed) => this.enqueue({ item, done, failed }));
  }

  /** Runs work while nothing else of this queue runs. */
  alone(work: () => Promise<void>): Promise<void> {
    return new Promise((done, failed) => this.enqueue({ work, done, failed }));
  }

  private enqueue(entry: Entry<T>): void {
    this.waiting.push(entry);
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    // What is asked for in the same turn is in the queue after this.
    await Promise.resolve();
    for (let entry = this.waiting.shift(); entry; entry = this.waiting.shift()) {
      if ("work" in entry) await entry.work().then(entry.done, entry.failed);
      else await this.handleTogether([entry, ...this.nextItems()]);
    }
    this.running = false;
  }

  private nextItems(): ItemEntry<T>[] {
    const end = this.waiting.findIndex((entry) => "work" in entry);
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end) as ItemEntry<T>[];
  }

  private async handleTogether(entries: readonly ItemEntry<T>[]): Promise<void> {
    try {
      await this.handle(entries.map(({ item }) => item));
      for (const { done } of entries) done();
    } catch (error) {
      if (entries.length === 1) entries[0]?.failed(error);
      else for (const { item, done, failed } of entries) await this.handle([item]).then(done, failed);
    }
  }
}

interface Settle {
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

type ItemEntry<T> = { readonly item: T } & Settle;
type Entry<T> = ItemEntry<T> | ({ readonly work: () => Promise<void> } & Settle);
