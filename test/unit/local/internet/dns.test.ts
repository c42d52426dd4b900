import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KnotDns } from "../../../../local/internet/dns";
import type { RunningMachine } from "../../../../local/machines/nspawn";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "dns-"));
});
afterEach(() => rm(dir, { recursive: true }));

/** A machine that writes down the updates it is sent, knows a key for every zone, and answers look-ups as told. */
function machine(answer = "") {
  const updates: string[] = [];
  const scripts: string[] = [];
  const exec: RunningMachine["exec"] = async (argv, options) => {
    const script = argv[2] ?? "";
    scripts.push(script);
    if (script.includes("knsupdate")) updates.push(String(options?.input));
    const zones = argv.slice(4);
    const digests = zones.flatMap((zone) => [`${zone} DS 1 13 2 ab`, `${zone} DS 1 13 4 cd`]).join("\n");
    const told = script.includes("dnskey") ? `${zones[0]} DNSKEY 257 3 13 a+b/\n` : digests;
    return {
      code: 0,
      stdout: argv[0] === "kdig" ? answer : script.includes("keymgr") ? told : "",
      stderr: "",
    };
  };
  return { updates, scripts, exec };
}

const open = (on: ReturnType<typeof machine>, zones: readonly string[]) =>
  KnotDns.open(dir, Object.fromEntries(zones.map((zone) => [zone, []])), () => on);

const delegated = (child: string) => [
  `del ${child}. NS`,
  `del ${child}. DS`,
  `add ${child}. 300 NS ns1.test.`,
  `add ${child}. 300 NS ns2.test.`,
  `add ${child}. 300 DS 1 13 2 ab`,
];
const conf = () => readFile(join(dir, "zones.conf"), "utf8");
const update = (...lines: string[]) => `${["server 127.0.0.1", ...lines].join("\n")}\n`;

describe("a DNS zone", () => {
  it("is delegated from the zone that encloses it, signed", async () => {
    const on = machine();
    await (await open(on, ["", "test"])).createZone("example.test");
    expect(on.updates).toEqual([update("zone test.", ...delegated("example.test"), "send")]);
    expect(await conf()).toContain("- domain: example.test.\n");
  });

  it("takes over the delegation of zones inside it, and gives it back when it is deleted", async () => {
    const on = machine();
    const dns = await open(on, ["", "test", "a.example.test"]);
    await dns.createZone("example.test");
    expect(on.updates).toEqual([
      update(
        ...["zone test.", "del a.example.test. NS", "del a.example.test. DS", "send"],
        ...["zone test.", ...delegated("example.test"), "send"],
        ...["zone example.test.", ...delegated("a.example.test"), "send"],
      ),
    ]);
    on.updates.length = 0;
    await dns.deleteZone("example.test");
    expect(on.updates).toEqual([
      update(
        ...["zone test.", "del example.test. NS", "del example.test. DS", "send"],
        ...["zone test.", ...delegated("a.example.test"), "send"],
      ),
    ]);
  });

  it("is there again after a restart, its delegation untouched until it is told how it stands", async () => {
    await (await open(machine(), ["", "test"])).createZone("example.test");
    const on = machine();
    const dns = await open(on, ["", "test"]);
    await dns.delegate();
    expect(on.updates.join()).not.toContain("example.test");
    await dns.createZone("example.test");
    expect(on.updates.at(-1)).toContain(delegated("example.test").join("\n"));
  });

  const bare = delegated("example.test").filter((line) => !line.startsWith("add example.test. 300 DS"));
  const unsigned = { signed: false, ds: [] };

  it("can be unsigned, and signed later", async () => {
    const on = machine();
    const dns = await open(on, ["", "test"]);
    await dns.createZone("example.test", unsigned);
    expect(on.updates.at(-1)).toBe(update("zone test.", ...bare, "send"));
    expect(await conf()).toContain("- domain: example.test.\n    dnssec-signing: off\n");
    await dns.createZone("example.test", { signed: true, ds: [] });
    expect(on.scripts.join("\n")).toContain("zone-sign");
    expect(await conf()).not.toContain("dnssec-signing: off");
    expect(on.updates.at(-1)).toBe(update("zone test.", ...bare, "send"));
  });

  it("stays signed when DNSSEC is turned off, so that nobody who still has its DS refuses it", async () => {
    const on = machine();
    const dns = await open(on, ["", "test"]);
    await dns.createZone("example.test");
    await dns.createZone("example.test", unsigned);
    expect(await conf()).not.toContain("dnssec-signing: off");
    expect(on.updates.at(-1)).toBe(update("zone test.", ...bare, "send"));
  });

  it("has the DS records in its parent that the registrar was given", async () => {
    const on = machine();
    const dns = await open(on, ["", "test"]);
    await dns.createZone("example.test", { signed: true, ds: ["7 13 2 EF"] });
    const given = "add example.test. 300 DS 7 13 2 EF";
    expect(on.updates.at(-1)).toBe(update("zone test.", ...bare, given, "send"));
  });

  it("has a key to tell", async () => {
    const dns = await open(machine(), ["", "test"]);
    expect(await dns.zoneKey("example.test")).toEqual({ flags: 257, algorithm: 13, publicKey: "a+b/" });
  });
});

describe("a record set", () => {
  it("replaces what was there, and goes out together with others", async () => {
    const on = machine();
    const dns = await open(on, ["", "test"]);
    await Promise.all([
      dns.set("test", "a.test", "A", 60, ["203.0.113.1", "203.0.113.2"]),
      dns.set("test", "b.test", "TXT", 60, []),
    ]);
    expect(on.updates).toEqual([
      update(
        ...[
          "zone test.",
          "del a.test. A",
          "add a.test. 60 A 203.0.113.1",
          "add a.test. 60 A 203.0.113.2",
          "send",
        ],
        ...["zone test.", "del b.test. TXT", "send"],
      ),
    ]);
  });
});

describe("looking up a name", () => {
  const answered = (status: string, ...records: string[]) =>
    [`;; ->>HEADER<<- opcode: QUERY; status: ${status}; id: 1`, "", ...records, ""].join("\n");
  const resolve = async (output: string) => (await open(machine(output), [""])).resolve("a.test", "MX");

  it("gives the data of the type asked for, an alias followed", async () => {
    const output = answered(
      "NOERROR",
      "a.test.             \t5\tIN\tCNAME\tb.test.",
      "b.test.             \t5\tIN\tMX\t10 mx.test.",
    );
    expect(await resolve(output)).toEqual(["10 mx.test."]);
  });

  it("gives nothing where there is nothing", async () => {
    expect(await resolve(answered("NXDOMAIN"))).toEqual([]);
    expect(await resolve(answered("NOERROR"))).toEqual([]);
  });

  it("fails where the answer can't be trusted", async () => {
    await expect(resolve(answered("SERVFAIL"))).rejects.toThrow("could not look up a.test MX: SERVFAIL");
  });
});
