import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(__dirname, "../..");

/** Which rooms of the house a room may import from; a room may always import from itself. */
const mayImport: Record<string, readonly string[]> = {
  records: [],
  host: [],
  components: ["records", "host"],
  local: [],
  verify: [],
};

const pure = ["records", "host"];

describe("the structure of the project", () => {
  for (const [room, allowed] of Object.entries(mayImport)) {
    it(`${room}/ imports from ${allowed.length ? allowed.join(" and ") : "no other folder"}`, () => {
      const strays = imports(room)
        .filter(({ from }) => from.startsWith("."))
        .map(({ file, from }) => ({ file, to: relative(root, resolve(dirname(join(root, file)), from)) }))
        .filter(({ to }) => ![room, ...allowed].includes(to.split("/")[0] ?? ""))
        // A room may read the project's own package.json, for its version.
        .filter(({ to }) => to !== "package.json");
      expect(strays).toEqual([]);
    });
  }

  for (const room of pure) {
    it(`${room}/ is pure: no Pulumi, no network, no processes`, () => {
      const impure = imports(room).filter(({ from }) =>
        /^@pulumi\/|^node:(net|http|https|tls|dns|child_process|os)$/.test(from),
      );
      expect(impure).toEqual([]);
    });
  }

  it("the program is a table of contents of at most 40 lines", () => {
    expect(readFileSync(join(root, "index.ts"), "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(40);
  });
});

function imports(room: string): { file: string; from: string }[] {
  return sources(join(root, room)).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/(?:from|import|require\()\s*"([^"]+)"/g)].map((match) => ({
      file: relative(root, file),
      from: match[1] ?? "",
    })),
  );
}

function sources(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return sources(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}
