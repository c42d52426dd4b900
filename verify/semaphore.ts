/** @returns takes a place, waiting for one, and gives what frees it again */
export function semaphore(places: number): () => Promise<() => void> {
  let free = places;
  const waiting: (() => void)[] = [];
  const release = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async () => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    let held = true;
    return () => {
      if (held) release();
      held = false;
    };
  };
}
