/** How keys that are published in DNS are exchanged. */
export interface KeyPolicy {
  /** The least generation that shall be in use: raise it by one to exchange a key now. @default 1 */
  readonly epoch?: number;
  /** Days between one exchange and the next, at least {@link MIN_ROTATION}. @default only by `epoch` */
  readonly rotateEvery?: number;
}

/**
 * The life of a key. `published`: everybody can look it up, nothing is signed with it yet. `signing`: in use.
 * `retired`: still published, for what was signed with it and is on its way. `removed`: no longer published; what the
 * host knows of it goes with the next `pulumi up`.
 */
export type KeyStage = "published" | "signing" | "retired" | "removed";

export interface PlannedKey {
  /** Counted from 1; a key and its name in DNS are never used for another one. */
  readonly generation: number;
  readonly stage: KeyStage;
}

/** A generation that is in DNS now. */
export interface LiveKey {
  readonly generation: number;
  /** Since when all of it is there. */
  readonly since: Date;
}

/**
 * Days that each stage lasts at least. A message may wait five days in the sender's queue (Postfix,
 * maximal_queue_lifetime) before it is verified, and a cache keeps a record or its absence for hours.
 */
export const STAGE_DAYS = 6;

/** Days: each exchange needs the stages of its two keys to pass, published and retired. */
export const MIN_ROTATION = 2 * STAGE_DAYS;

/**
 * Which keys there are to be, and what each is for. There is always one published ahead of the one in use. Nothing is
 * remembered but what DNS shows, and a run takes one step at most, so that no order of runs can skip a stage:
 *
 * - two generations are live: the older signs, the newer is published ahead. Once it is time, and the newer has been
 *   there long enough, it signs, the older is retired, and a third one is published.
 * - three are live: the middle one signs. Once the newest, published at the exchange, has been there long enough, the
 *   oldest is removed.
 */
export function planKeys(policy: KeyPolicy, live: readonly LiveKey[], now: Date): PlannedKey[] {
  const { epoch = 1, rotateEvery = Number.POSITIVE_INFINITY } = policy;
  const generations = live.map(({ generation }) => generation);
  if (generations.length === 0) return [key(epoch, "signing"), key(epoch + 1, "published")];

  const newest = Math.max(...generations);
  const oldest = Math.min(...generations);
  const age = daysSince(live.find(({ generation }) => generation === newest)?.since ?? now, now);
  if (newest === oldest) return [key(newest, "signing"), key(newest + 1, "published")];
  if (newest === oldest + 1) {
    const due = epoch > oldest || age >= rotateEvery;
    return due && age >= STAGE_DAYS
      ? [key(oldest, "retired"), key(newest, "signing"), key(newest + 1, "published")]
      : [key(oldest, "signing"), key(newest, "published")];
  }
  const older = range(oldest, newest - 1).map((generation) =>
    key(generation, age >= STAGE_DAYS ? "removed" : "retired"),
  );
  return [...older, key(newest - 1, "signing"), key(newest, "published")];
}

function key(generation: number, stage: KeyStage): PlannedKey {
  return { generation, stage };
}

/** From `start` up to, and without, `end`. */
function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

function daysSince(date: Date, now: Date): number {
  return (now.getTime() - date.getTime()) / 86_400_000;
}
