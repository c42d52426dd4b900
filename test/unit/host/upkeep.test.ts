import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("upkeep", join(__dirname, "upkeep"));

const unit = (name: string, reboot?: string) => fileOf(render({ reboot }), `/etc/systemd/system/${name}`);
const calendar = (text: string) => /^OnCalendar=(.*)$/m.exec(text)?.[1];

describe("upgrades", () => {
  it.each([
    [undefined, "02:30", "03:30"],
    ["04:15", "03:15", "04:15"],
    ["00:05", "23:05", "00:05"],
  ])("with a restart at %s are made from %s on, a restart at %s UTC", (reboot, upgrade, restart) => {
    expect(calendar(unit("mailserver-upgrade.timer", reboot))).toBe(`*-*-* ${upgrade}:00 UTC`);
    expect(calendar(unit("mailserver-reboot.timer", reboot))).toBe(`*-*-* ${restart}:00 UTC`);
  });

  it("never restart the machine when told so, and are made all the same", () => {
    const { files, services } = partOf(render({ reboot: "never" }), "upkeep");
    expect(services.map((service) => service.unit)).toEqual(["mailserver-upgrade.timer"]);
    expect(files.filter(({ path }) => path.includes("mailserver-reboot"))).toEqual([]);
    expect(calendar(unit("mailserver-upgrade.timer", "never"))).toBe("*-*-* 02:30:00 UTC");
  });

  it("restart the machine only when one requires it, and not before it has ended", () => {
    expect(unit("mailserver-reboot.service")).toMatch(/^ConditionPathExists=\/run\/reboot-required$/m);
    expect(unit("mailserver-reboot.service")).toMatch(/^After=mailserver-upgrade\.service$/m);
  });

  it.each([
    [/^DPkg::Pre-Install-Pkgs .*rehearse\.py/m, "nothing is installed that was not tried before"],
    [/^DPkg::Options .*--force-confold/m, "the bundle's configuration stays"],
    [/^APT::Periodic::Enable "0";$/m, "apt's own timers do nothing"],
    [/^Unattended-Upgrade::Automatic-Reboot "false";$/m, "no reboot at a time that was not declared"],
    [/codename=\$\{distro_codename\}-updates"/, "ClamAV and the like before the next point release"],
  ])("have apt told %s: %s", (line) => {
    expect(fileOf(render(), "/etc/apt/apt.conf.d/99mailserver")).toMatch(line);
  });

  it("restart what uses a library that was upgraded, but not what upgrades", () => {
    const needrestart = fileOf(render(), "/etc/needrestart/conf.d/mailserver.conf");
    expect(needrestart).toMatch(/^\$nrconf\{restart\} = 'a';$/m);
    expect(needrestart).toContain("qr(^mailserver-(upgrade|certificate)\\.service$)");
  });
});
