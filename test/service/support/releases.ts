import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../local/run";
import type { Cloud } from "../../system/support/cloud";

/** Of this archive alone; the host's own sources rest meanwhile. */
const address = "203.0.113.68";
const sources = "/etc/apt/sources.list.d";
const repack = readFileSync(join(__dirname, "repack.sh"), "utf8");

/** A newer version of a package that a host has. */
export interface Release {
  readonly package: string;
  /** Programs of it that the new version has others for, by path: shell scripts. @default none */
  readonly programs?: Readonly<Record<string, string>>;
}

export interface Archive {
  /** Replaces what it offers; each version is higher than all before. @returns what goes behind the version */
  publish(releases: readonly Release[]): Promise<string>;
  close(): Promise<void>;
}

/** An archive on the internet that speaks for Debian's security team, asked by a host of the cloud instead of Debian's. */
export async function openArchive(local: Cloud, machine: string): Promise<Archive> {
  const dir = mkdtempSync(join(tmpdir(), "mailserver-archive-"));
  const on = async (script: string, input?: string): Promise<string> => {
    const { code, stdout, stderr } = await local.on(machine, ["sh", "-euc", script], { input });
    if (code !== 0) throw new Error(`${script}: ${stderr}`);
    return stdout;
  };
  await local.internet(["ip", "address", "replace", `${address}/24`, "dev", "inet0"]);
  const server = `python3 -m http.server --bind ${address} --directory "$1" 80 >"$1.log" 2>&1 & echo $!`;
  const { stdout: pid } = await local.internet(["sh", "-c", server, "sh", dir]);
  await on(
    `mkdir -p ${sources}.resting
    mv ${sources}/* ${sources}.resting
    cat >${sources}/newer.sources`,
    `Types: deb\nURIs: http://${address}/\nSuites: ./\nTrusted: yes\n`,
  );
  let published = 0;
  return {
    async publish(releases) {
      const suffix = `+newer${++published}`;
      await on("rm -rf /root/newer; mkdir /root/newer; cat >/root/repack.sh", repack);
      for (const { package: name, programs = {} } of releases)
        for (const [path, script] of Object.entries(programs))
          await on(
            `file=/root/newer/${name}.changed${path}; mkdir -p "$(dirname $file)"; cat >$file; chmod 755 $file`,
            script,
          );
      const names = releases.map((release) => release.package).join(" ");
      const release = ["Origin=Debian", "Label=Debian-Security", "Suite=stable-security"];
      const fields = [...release, "Codename=trixie-security"].map(
        (field) => `-o APT::FTPArchive::Release::${field}`,
      );
      const archive = await on(
        `sh /root/repack.sh /root/newer ${suffix} ${names} >/dev/null
        cd /root/newer
        apt-ftparchive packages . >Packages
        apt-ftparchive ${fields.join(" ")} release . >Release
        tar --create --exclude='*.changed' . | base64 --wrap=0`,
      );
      writeFileSync(`${dir}.tar`, Buffer.from(archive, "base64"));
      await run(["sh", "-euc", 'rm -rf "$1"/*; tar --extract --file "$1.tar" --directory "$1"', "sh", dir]);
      return suffix;
    },
    async close() {
      await on(
        `rm -f ${sources}/newer.sources; mv ${sources}.resting/* ${sources}; rm -r ${sources}.resting`,
      );
      await local.internet(["kill", pid.trim()]);
      await local.internet(["ip", "address", "delete", `${address}/24`, "dev", "inet0"]);
      for (const path of [dir, `${dir}.tar`, `${dir}.log`]) rmSync(path, { recursive: true, force: true });
    },
  };
}
