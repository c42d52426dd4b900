import { mkdtemp, rm, stat } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CloudStatus, type Control, connectControl, serveControl } from "../../../local/control";
import type { ShownRecord } from "../../../local/providers/cloudflare/dashboard";

const status: CloudStatus = {
  id: "pms-00000000",
  pid: 1,
  since: "2026-11-23T12:00:00Z",
  machines: true,
  region: "us-east-1",
  ports: { aws: 1, cloudflare: 2, tls: 3 },
  zones: ["example.test"],
  outboundPort25: "open",
  droppedPort25: 0,
  alarms: [],
};

const record: ShownRecord = {
  id: "0".repeat(32),
  name: "www.example.test",
  type: "A",
  ttl: 1,
  content: "203.0.113.9",
  proxied: false,
  locked: false,
  created: "2026-11-23T12:00:00Z",
};

let dir: string;
let server: Server | undefined;
let calls: unknown[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "control-"));
  calls = [];
});
afterEach(async () => {
  server?.close();
  await rm(dir, { recursive: true });
});

async function control(overrides: Partial<Control> = {}): Promise<Control> {
  const note =
    (name: string) =>
    async (...args: unknown[]) =>
      void calls.push([name, ...args]);
  const served: Control = {
    status: async () => status,
    machine: async () => undefined,
    object: async () => undefined,
    addZone: note("addZone"),
    setDs: note("setDs"),
    records: async () => [],
    addRecord: async () => record,
    deleteRecord: note("deleteRecord"),
    setEmailRouting: note("setEmailRouting"),
    age: note("age"),
    setPort25: note("setPort25"),
    stop: note("stop"),
    ...overrides,
  };
  const socket = join(dir, "run", "control");
  server = await serveControl(socket, served);
  return connectControl(socket);
}

describe("the control of a local cloud", () => {
  it("answers another process as it would answer its own", async () => {
    const machine = { leader: 42, console: "/c", since: "2026-01-01T00:00:00.000Z" };
    const remote = await control({
      machine: async (label) => (label === "mx1" ? machine : undefined),
    });
    expect(await remote.status()).toEqual(status);
    expect(await remote.machine("mx1")).toEqual(machine);
    expect(await remote.machine("mx2")).toBeUndefined();
    await remote.addZone("other.test");
    await remote.addZone("third.test", { account: "two", unsigned: true });
    await remote.setDs("other.test", ["1 13 2 AB"]);
    await remote.deleteRecord("example.test", "0a");
    await remote.setEmailRouting("example.test", "on");
    await remote.age(0.5);
    await remote.setPort25("blocked");
    await remote.stop();
    expect(calls).toEqual([
      ["addZone", "other.test", undefined],
      ["addZone", "third.test", { account: "two", unsigned: true }],
      ["setDs", "other.test", ["1 13 2 AB"]],
      ["deleteRecord", "example.test", "0a"],
      ["setEmailRouting", "example.test", "on"],
      ["age", 0.5],
      ["setPort25", "blocked"],
      ["stop"],
    ]);
  });

  it("hands records over as they are, whatever is in them", async () => {
    const typed = { name: "@", type: "TXT", content: 'a "b" \\ é', comment: "?&/" };
    const remote = await control({
      records: async (zone) => [{ ...record, name: zone }],
      addRecord: async (zone, given) => ({ ...record, ...given, ttl: 300, name: zone, proxied: true }),
    });
    expect(await remote.records("a b/c.test")).toEqual([{ ...record, name: "a b/c.test" }]);
    const made = { ...record, ...typed, ttl: 300, name: "example.test", proxied: true };
    expect(await remote.addRecord("example.test", typed)).toEqual(made);
  });

  it("hands out any object under any key, byte for byte", async () => {
    const objects = new Map<string, Buffer>();
    const remote = await control({ object: async (bucket, key) => objects.get(`${bucket} ${key}`) });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.uint8Array(), async (key, bytes) => {
        objects.set(`b ${key}`, Buffer.from(bytes));
        expect(await remote.object("b", key)).toEqual(Buffer.from(bytes));
        expect(await remote.object("another", key)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it("passes on why something could not be done", async () => {
    const remote = await control({ addZone: () => Promise.reject(new Error("no such zone")) });
    await expect(remote.addZone("x")).rejects.toThrow("no such zone");
  });

  it("can be used by its owner only", async () => {
    await control();
    expect((await stat(join(dir, "run", "control"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dir, "run"))).mode & 0o777).toBe(0o700);
  });

  it("is known not to run where nothing listens, be the socket gone or left behind", async () => {
    const remote = await control();
    server?.close();
    await expect(remote.status()).rejects.toMatchObject({ name: "NotRunningError" });
    await expect(connectControl(join(dir, "none")).status()).rejects.toMatchObject({
      name: "NotRunningError",
    });
  });
});
