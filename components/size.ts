import type { Rule } from "./rule";

const units = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
} as const;

/**
 * Reads a size such as `5 GB`: a number of at most three decimals and a unit, KB, MB, GB, TB of powers of 1000 or KiB,
 * MiB, GiB, TiB of powers of 1024. Capitals count, because Gb is an eighth of GB.
 *
 * @returns bytes, a whole number; undefined where the text is no size
 */
export function parseSize(text: string): number | undefined {
  const [, whole = "", decimals = "", unit = ""] =
    /^(\d{1,6})(?:\.(\d{1,3}))? ?([KMGT]i?B)$/.exec(text) ?? [];
  if (unit === "") return undefined;
  const size = units[unit as keyof typeof units];
  const bytes = Number(whole) * size + Math.round((Number(decimals.padEnd(3, "0")) * size) / 1000);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Judges a size that must lie between two others. */
export function sizeBetween(least: string, most: string, what: string): Rule<string> {
  const [low = 0, high = 0] = [least, most].map(parseSize);
  return (text) => {
    const bytes = parseSize(text);
    if (bytes === undefined)
      return `${what} such as ${quoted(least)} or ${quoted("1.5 GB")}: a number and ${names}`;
    return bytes >= low && bytes <= high ? undefined : `${what} from ${quoted(least)} to ${quoted(most)}`;
  };
}

const names = "KB, MB, GB, TB (of 1000) or KiB, MiB, GiB, TiB (of 1024)";

function quoted(text: string): string {
  return JSON.stringify(text);
}
