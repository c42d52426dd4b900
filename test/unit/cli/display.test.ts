import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openDisplay, row } from "../../../cli/display";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function output(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 90, write: (text: string) => written.push(text), written };
}

/** A task that can be told to go on, to end or to fail. */
function work() {
  let end: (value: string) => void = () => {};
  let fail: (error: Error) => void = () => {};
  let progress: (step: string) => void = () => {};
  const run = (told: (step: string) => void) => {
    progress = told;
    return new Promise<string>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
  };
  return {
    run,
    step: (step: string) => progress(step),
    end: (value: string) => end(value),
    fail: () => fail(new Error("x")),
  };
}

const display = (stream: ReturnType<typeof output>) => openDisplay(stream, () => Date.now());

describe("progress where there is no terminal", () => {
  it("is one line when a part is done, with what came of it and how long it took", async () => {
    const stream = output(false);
    const part = work();
    const done = display(stream).task("Pulumi CLI", part.run, { result: (version) => `version ${version}` });
    await vi.advanceTimersByTimeAsync(12_300);
    expect(stream.written).toEqual([]);
    part.end("3.255.0");
    expect(await done).toBe("3.255.0");
    expect(stream.written).toEqual([`${row("Pulumi CLI", "version 3.255.0", 12_300)}\n`]);
  });

  it("reminds twice a minute of what takes long, so that nobody takes it for dead", async () => {
    const stream = output(false);
    const part = work();
    const done = display(stream).task("Machine image", part.run);
    part.step("unpacking");
    await vi.advanceTimersByTimeAsync(65_000);
    expect(stream.written).toEqual([
      `${row("Machine image", "unpacking", 30_000)}\n`,
      `${row("Machine image", "unpacking", 60_000)}\n`,
    ]);
    part.end("");
    await done;
  });

  it("leaves out what was there already", async () => {
    const stream = output(false);
    const part = work();
    const done = display(stream).task("Pulumi CLI", part.run, { quiet: true });
    await vi.advanceTimersByTimeAsync(500);
    part.end("");
    await done;
    expect(stream.written).toEqual([]);
  });

  it("says which part failed, even a quiet one", async () => {
    const stream = output(false);
    const part = work();
    const done = display(stream).task("Pulumi CLI", part.run, { quiet: true });
    part.fail();
    await expect(done).rejects.toThrow("x");
    expect(stream.written).toEqual([`${row("Pulumi CLI", "failed", 0)}\n`]);
  });
});

describe("progress on a terminal", () => {
  /** What a terminal shows after all that was written: erasing goes up a number of lines and clears below. */
  function screen(written: readonly string[]): string[] {
    const lines: string[] = [];
    for (const text of written) {
      if (text.startsWith("\x1b[")) lines.splice(lines.length - Number.parseInt(text.slice(2), 10));
      else lines.push(...text.replace(/\n$/, "").split("\n"));
    }
    return lines;
  }

  it("keeps one line for each part that is under way, and lines that are done above them", async () => {
    const stream = output(true);
    const shown = display(stream);
    const [slow, fast] = [work(), work()];
    const both = [shown.task("slow", slow.run), shown.task("fast", fast.run, { result: () => "ready" })];
    slow.step("first");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(screen(stream.written)).toEqual([row("slow", "first", 1_000), row("fast", "", 1_000)]);
    fast.end("");
    await both[1];
    slow.step("second");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(screen(stream.written)).toEqual([row("fast", "ready", 1_000), row("slow", "second", 2_000)]);
    slow.end("");
    await both[0];
    expect(screen(stream.written)).toEqual([row("fast", "ready", 1_000), row("slow", "", 2_000)]);
  });

  it("cuts a line that would wrap, which could not be erased again", async () => {
    const stream = output(true);
    const part = work();
    const done = display(stream).task("title", part.run);
    part.step("x".repeat(200));
    await vi.advanceTimersByTimeAsync(600);
    expect(screen(stream.written).map((line) => line.length)).toEqual([89]);
    part.end("");
    await done;
  });
});
