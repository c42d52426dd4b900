import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";

const bundle = render({ antivirus: true });
const scanner = fileOf(bundle, "/etc/clamav/clamd.conf");
const service = fileOf(bundle, "/etc/systemd/system/clamav-daemon.service");
const sizeOf = (name: string, text = scanner) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1]);

describe("the virus scanner", () => {
  it.each([undefined, false])("is not there where it is not declared: %s", (antivirus) => {
    const without = render({ antivirus });
    expect(without.parts.map(({ name }) => name)).not.toContain("clamav");
    expect(JSON.stringify(without.parts.filter(({ name }) => name !== "agent"))).not.toMatch(/clam(d|av)\b/);
  });

  it("is judged by its own programs, and is there before Rspamd, which asks it", () => {
    expect(partOf(bundle, "clamav").checks.map(([program]) => program)).toEqual(["clamd", "freshclam"]);
    const names = bundle.parts.map(({ name }) => name);
    expect(names.indexOf("clamav")).toBeLessThan(names.indexOf("rspamd"));
  });

  it("waits for signatures by a unit of its own, so that no start of the host waits for them", () => {
    const units = partOf(bundle, "clamav").services.map(({ unit }) => unit);
    expect(units).toEqual(["clamav-freshclam.service", "clamav-daemon.path"]);
    const globs = fileOf(bundle, "/etc/systemd/system/clamav-daemon.path").match(/^PathExistsGlob=.*$/gm);
    expect(globs).toContain("PathExistsGlob=/var/lib/clamav/*.c[lv]d");
    // It stops, and sees another configuration, with that unit.
    expect(service).toMatch(/^PartOf=clamav-daemon\.path$/m);
    expect(service).not.toMatch(/^(Condition|Requires)/m);
  });

  it.each([1_000_000, 50_000_000, 150_000_000])("scans a message of %i bytes as a whole", (messageBytes) => {
    const sized = render({ antivirus: true, messageBytes });
    const options = fileOf(sized, "/etc/rspamd/local.d/options.inc");
    const [greatest] = options.match(/(?<=^max_message = )\d+/m) ?? [];
    const configuration = fileOf(sized, "/etc/clamav/clamd.conf");
    expect(sizeOf("StreamMaxLength", configuration)).toBeGreaterThan(Number(greatest));
    for (const limit of ["MaxFileSize", "MaxScanSize"])
      expect(sizeOf(limit, configuration)).toBeGreaterThanOrEqual(
        Math.max(400_000_000, 2 * sizeOf("StreamMaxLength", configuration)),
      );
  });

  it("has less time for a message than Rspamd waits, and Rspamd than it has itself", () => {
    const rule = fileOf(bundle, "/etc/rspamd/lua.local.d/clamav.lua");
    const options = fileOf(bundle, "/etc/rspamd/local.d/options.inc");
    const waits = Number(/^ +timeout = ([\d.]+),$/m.exec(rule)?.[1]);
    expect(sizeOf("MaxScanTime") / 1000).toBeLessThan(waits);
    expect(waits).toBeLessThan(Number(/^task_timeout = (\d+)s;$/m.exec(options)?.[1]));
  });

  it("is asked where it listens", () => {
    const [, socket] = /^LocalSocket (\S+)$/m.exec(scanner) ?? [];
    expect(fileOf(bundle, "/etc/rspamd/lua.local.d/clamav.lua")).toContain(`local socket = "${socket}"\n`);
  });

  it.each([
    [/^ConcurrentDatabaseReload no$/m, "memory for one set of signatures"],
    [/^AlertExceedsMax yes$/m, "no word for clean but clean"],
    [/^TemporaryDirectory \/var\/lib\/clamav\/scans$/m, "its files on the disk"],
  ])("has %s: %s", (line) => {
    expect(scanner).toMatch(line);
  });

  it("listens to no port, and keeps its words to the journal", () => {
    expect(scanner).not.toMatch(/^(TCP|LogFile|LogSyslog)/m);
  });

  it.each([
    [/^User=clamav$/m, "a user of its own"],
    [/^OOMScoreAdjust=500$/m, "its turn before the mail programs' where memory runs out"],
    [/^PrivateNetwork=yes$/m, "no network"],
    [/--owner=clamav --group=_rspamd --mode=0750 \/run\/clamav$/m, "a socket for Rspamd alone"],
  ])("runs with %s: %s", (line) => {
    expect(service).toMatch(line);
  });
});
