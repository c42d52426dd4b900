export const hour = 3_600_000;
export const day = 24 * hour;

/** Milliseconds, never less than 0: clocks differ. */
export function age(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime());
}

/** For example `1 minute`, `5 hours` or `3 days`, rounded down. */
export function ageInWords(milliseconds: number): string {
  const [unit, name] =
    milliseconds >= 2 * day
      ? ([day, "day"] as const)
      : milliseconds >= 2 * hour
        ? ([hour, "hour"] as const)
        : ([60_000, "minute"] as const);
  const count = Math.floor(milliseconds / unit);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/** For example `2026-11-24 12:00 UTC`. */
export function time(date: Date): string {
  const text = date.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
