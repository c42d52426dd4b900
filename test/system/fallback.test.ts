import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openObjects } from "../../local/services/objects";
import type { StoredObject } from "../../local/world";
import { eventually, root } from "./support/cloud";
import { shared as local } from "./support/shared";

const objects = openObjects(join(root, ".local", local.name, "objects"));

interface Bundle {
  parts: { name: string; files: { path: string; content: string }[] }[];
}

interface Status {
  /** SHA-256 of the bundle that it is about. */
  bundle: string;
  state: string;
  errors: { part: string; message: string }[];
}

let bucket: string;
let bundleKey: string;
let statusKey: string;
let good: StoredObject;

beforeAll(async () => {
  const outputs = await local.outputs();
  bucket = String(outputs.bucket);
  statusKey = String(outputs.statusKey);
  bundleKey = statusKey.replace("status.json", "bundle.json");
  const stored = await objects.get(bucket, bundleKey);
  if (!stored) throw new Error(`There is no ${bundleKey} in ${bucket}.`);
  good = stored;
});

afterAll(() => objects.put(bucket, bundleKey, good.body, good.contentType));

/** Waits until the host has said how it went with the bundle. */
const outcome = (body: Buffer): Promise<Status> =>
  eventually(
    async () => JSON.parse((await objects.get(bucket, statusKey))?.body.toString() ?? "{}") as Status,
    ({ bundle, state }) =>
      bundle === createHash("sha256").update(body).digest("hex") && /^(ready|failed)$/.test(state),
  );

/** The bundle in force with one file changed for the worse. */
function spoilt(path: string, spoil: (content: string) => string): Buffer {
  const bundle = JSON.parse(good.body.toString()) as Bundle;
  const file = bundle.parts.flatMap(({ files }) => files).find((candidate) => candidate.path === path);
  if (!file) throw new Error(`The bundle has no ${path}.`);
  file.content = spoil(file.content);
  return Buffer.from(JSON.stringify(bundle));
}

describe("a bundle that is wrong", () => {
  for (const [program, path, spoil, words] of [
    ["postfix", "/etc/postfix/main.cf", (text: string) => `${text}\ninet_protocols = ipv5\n`, /ipv5/],
    [
      "dovecot",
      "/etc/dovecot/dovecot.conf",
      (text: string) => `${text}\nno_such_setting = yes\n`,
      /no_such_setting/,
    ],
    [
      "nginx",
      "/etc/nginx/nginx.conf",
      (text: string) => `${text}\nno_such_directive on;\n`,
      /no_such_directive/,
    ],
    ["nftables", "/etc/nftables.conf", (text: string) => `${text}\nno such statement\n`, /syntax error/],
  ] as const)
    it(`is refused with ${program}'s own words, and the last good one stays in force`, async () => {
      const wrong = spoilt(path, spoil);
      await objects.put(bucket, bundleKey, wrong, good.contentType);
      const failed = await outcome(wrong);
      expect(failed.state).toBe("failed");
      expect(failed.errors[0]?.part).toBe(program);
      expect(failed.errors[0]?.message).toMatch(words);
      const { code, stdout } = await local.internet([
        "swaks",
        "--to",
        "alice@example.test",
        "--from",
        "someone@stranger.test",
        "--quit-after",
        "RCPT",
      ]);
      expect(code, stdout).toBe(0);
      expect((await local.on("mx1", ["cat", path])).stdout).not.toMatch(/ipv5|no.such/);
    });

  it("is forgotten as soon as a good one is there", async () => {
    await objects.put(bucket, bundleKey, good.body, good.contentType);
    expect(await outcome(good.body)).toMatchObject({ state: "ready", errors: [] });
  });
});
