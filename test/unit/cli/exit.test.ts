import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

/** A process that prints a megabyte and ends, with something left that would keep it. */
function printer() {
  const module = JSON.stringify(join(__dirname, "../../../cli/exit"));
  const script = `
    setInterval(() => {}, 1000);
    process.stdout.write("x".repeat(1_000_000));
    require(${module}).exit(3);`;
  const child = spawn(process.execPath, ["--require", require.resolve("sucrase/register/ts"), "-e", script]);
  return { child, ended: once(child, "close") };
}

describe("a command that ends", () => {
  it("has told everything to a reader that takes its time", async () => {
    const { child, ended } = printer();
    // More than a pipe holds is still on its way by the time the first of it is there.
    await once(child.stdout, "readable");
    expect((await buffer(child.stdout)).length).toBe(1_000_000);
    expect(await ended).toEqual([3, null]);
  });

  it("says nothing when its reader has gone, as after `| head`", async () => {
    const { child, ended } = printer();
    const said = buffer(child.stderr);
    child.stdout.destroy();
    expect(await ended).toEqual([3, null]);
    expect((await said).toString()).toBe("");
  });
});
