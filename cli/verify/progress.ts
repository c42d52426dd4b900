import type { CheckReport } from "../../verify/report";

/** Tells how far a run is; on a terminal only, on one line that is gone at the end. */
export interface Progress {
  start(total: number): void;
  readonly checked: (result: CheckReport) => void;
  end(): void;
}

/** @param quiet nothing is told */
export function progress(
  output: { readonly isTTY?: boolean; write(text: string): unknown },
  quiet: boolean,
): Progress {
  if (quiet || !output.isTTY) return { start: () => {}, checked: () => {}, end: () => {} };
  let total = 0;
  let done = 0;
  const draw = (id: string) => output.write(`\r\x1b[2K  ${done} of ${total} checked  ${id}`);
  return {
    start: (count) => {
      total = count;
      draw("");
    },
    checked: ({ id }) => {
      done++;
      draw(id);
    },
    end: () => output.write("\r\x1b[2K"),
  };
}
