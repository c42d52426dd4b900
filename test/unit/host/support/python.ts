import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../../../local/run";

/** Runs a folder's Python tests, each file in a process of its own. */
export function describePython(program: string, folder: string): void {
  const modules = readdirSync(folder).filter((name) => name.startsWith("test_"));
  describe(program, () => {
    it.each(modules)(
      "holds what %s says of it",
      async (name) => {
        const { code, stderr } = await run(["python3", "-B", join(folder, name)], {
          cwd: folder,
          accept: [0, 1],
        });
        expect(code, stderr).toBe(0);
        expect(stderr).toMatch(/^Ran [1-9]\d* tests?/m);
      },
      120_000,
    );
  });
}
