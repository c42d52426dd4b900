import { mkdtempSync, rmSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Authority, openAuthority } from "../../../../local/authority";
import { prepareRootDisk } from "../../../../local/machines/root-disk";
import { run } from "../../../../local/run";

const bundle = "etc/ssl/certs/ca-certificates.crt";
let dir: string;
let image: string;
let disk: string;
let authority: Authority;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "root-disk-"));
  [image, disk] = [join(dir, "image"), join(dir, "disk")];
  await mkdir(join(image, "etc/ssl/certs"), { recursive: true });
  await writeFile(join(image, bundle), "the image's own authorities\n");
  authority = await openAuthority(join(dir, "authority"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const prepare = (files: { path: string; content: string }[] = []) =>
  prepareRootDisk(disk, image, authority.rootPem, files);
const upper = (path: string) => join(disk, "upper", path);

describe("a machine's root disk", () => {
  it("trusts the cloud's authority beside the image's own", async () => {
    await prepare();
    expect(await readFile(upper(bundle), "utf8")).toBe(
      `the image's own authorities\n${authority.rootPem.trimEnd()}\n`,
    );
    const { certPem } = await authority.issue(["a.test"]);
    const verified = await run(["openssl", "verify", "-no-CAfile", "-CApath", upper("etc/ssl/certs")], {
      input: certPem,
    });
    expect(verified.stdout).toMatch(/: OK/);
  });

  it("is the same after it was prepared again", async () => {
    await prepare();
    const before = await readFile(upper(bundle), "utf8");
    await prepare();
    expect(await readFile(upper(bundle), "utf8")).toBe(before);
    expect((await readdir(upper("etc/ssl/certs"))).length).toBe(3);
  });

  it("stays on the image that it was made from", async () => {
    expect(await prepare()).toBe(image);
    expect(await prepareRootDisk(disk, join(dir, "newer"), "", [])).toBe(image);
    rmSync(image, { recursive: true });
    await expect(prepareRootDisk(disk, join(dir, "newer"), "", [])).rejects.toThrow(/replace the instance/);
  });

  it("has modes as a guest needs them, whatever this process's umask is", async () => {
    const before = process.umask(0o077);
    await prepare([{ path: "/usr/share/dns/root.key", content: "key" }]).finally(() => process.umask(before));
    const mode = async (path: string) => ((await lstat(upper(path))).mode & 0o777).toString(8);
    expect([await mode("."), await mode("usr/share/dns"), await mode("usr/share/dns/root.key")]).toEqual([
      "755",
      "755",
      "644",
    ]);
  });

  it("is never left through a link that the guest has made", async () => {
    await mkdir(join(dir, "outside"));
    await writeFile(join(dir, "outside/file"), "untouched");
    await mkdir(upper("etc/ssl"), { recursive: true });
    await mkdir(upper("usr/share"), { recursive: true });
    await symlink(join(dir, "outside"), upper("etc/ssl/certs"));
    await symlink(join(dir, "outside/file"), upper("usr/share/file"));
    await prepare([{ path: "/usr/share/file", content: "laid" }]);
    expect(await readdir(join(dir, "outside"))).toEqual(["file"]);
    expect(await readFile(join(dir, "outside/file"), "utf8")).toBe("untouched");
    expect(await readFile(upper("usr/share/file"), "utf8")).toBe("laid");
    expect((await lstat(upper("etc/ssl/certs"))).isDirectory()).toBe(true);
  });
});
