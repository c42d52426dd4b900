import { beforeEach, describe, expect, it } from "vitest";
import { ageRecords } from "../../../../local/age";
import { type Dashboard, dashboard } from "../../../../local/providers/cloudflare/dashboard";
import type { Properties, Value } from "../../../../local/providers/values";
import { zoneId } from "../../../../local/zones";
import { openServices, type TestServices } from "./support/service";

const zone = "example.test";
const base = { zoneId: zoneId(zone), ttl: 300 };

let services: TestServices;
let byHand: Dashboard;
beforeEach(() => {
  services = openServices();
  byHand = dashboard(services.cloud);
});

const resolve = (name: string, type: "A" | "MX" | "TXT") => services.cloud.world.dns.resolve(name, type);

/** What a program reads. */
async function listed(args: Properties = {}): Promise<readonly Record<string, Value>[]> {
  const token = "cloudflare:index/getDnsRecords:getDnsRecords";
  const { results } = await services.invoke(token, { zoneId: base.zoneId, ...args });
  return results as unknown as readonly Record<string, Value>[];
}

describe("a record made by hand", () => {
  it("is served, read by programs, and listed until it is deleted by hand", async () => {
    const made = await byHand.addRecord(zone, {
      ...{ name: "www", type: "A", content: "203.0.113.9", comment: "old web server" },
    });
    expect(made).toMatchObject({ name: "www.example.test", ttl: 1, comment: "old web server" });
    expect(await resolve("www.example.test", "A")).toEqual(["203.0.113.9"]);
    expect(await listed()).toMatchObject([{ id: made.id, comment: "old web server" }]);
    expect(byHand.records(zone)).toEqual([made]);
    await byHand.deleteRecord(zone, made.id);
    expect(byHand.records(zone)).toEqual([]);
    expect(await resolve("www.example.test", "A")).toEqual([]);
  });

  for (const name of ["@", "example.test", "Example.Test."])
    it(`is of the zone itself when it is called ${name}`, async () => {
      const { name: full } = await byHand.addRecord(zone, { name, type: "TXT", content: "x" });
      expect(full).toBe("example.test");
    });

  it("that goes through the proxy says so, and is answered with its content", async () => {
    const proxied = { name: "web", type: "A", content: "203.0.113.9", proxied: true, ttl: 600 };
    await byHand.addRecord(zone, proxied);
    expect(await listed({ proxied: true })).toMatchObject([{ name: "web.example.test", ttl: 1 }]);
    expect(await resolve("web.example.test", "A")).toEqual(["203.0.113.9"]);
  });

  for (const [type, content] of [
    ["CAA", '0 issue "letsencrypt.org; validationmethods=http-01"'],
    ["SRV", "0 1 993 mx1.example.test"],
    ["TLSA", "3 1 1 abcd"],
    ["SSHFP", "4 2 abcd"],
  ] as const)
    it(`of type ${type} is typed in as it is shown`, async () => {
      const { content: kept } = await byHand.addRecord(zone, { name: "x", type, content });
      expect(kept).toBe(content);
    });

  for (const [what, record, says] of [
    ["of a type that does not exist", { type: "SPF", content: "x" }, "is no record type"],
    ["with content that is none of its type", { type: "A", content: "x" }, "9005"],
    ["with data that lacks a part", { type: "SRV", content: "0 1" }, "is not a whole number"],
    ["MX without a priority", { type: "MX", content: "mx.example.test" }, "9102"],
    ["through the proxy that can't be", { type: "TXT", content: "x", proxied: true }, "9004"],
    ["that is there", { type: "A", content: "203.0.113.1" }, "81058"],
  ] as const)
    it(`is refused ${what}`, async () => {
      await byHand.addRecord(zone, { name: "www", type: "A", content: "203.0.113.1" });
      await expect(byHand.addRecord(zone, { name: "www", ...record })).rejects.toThrow(says);
      expect(byHand.records(zone)).toHaveLength(1);
    });

  it("can't be deleted in another zone, or in one that is not there", async () => {
    const { id } = await byHand.addRecord(zone, { name: "www", type: "A", content: "203.0.113.1" });
    await expect(byHand.deleteRecord("example.org", id)).rejects.toThrow("81044");
    await expect(byHand.deleteRecord("exampel.test", id)).rejects.toThrow("did you mean example.test?");
  });
});

describe("Email Routing", () => {
  const mx = { ...base, name: zone, type: "MX", content: "mx1.example.test", priority: 10 };

  it("receives the zone's mail while it is on, by records that say whose they are", async () => {
    await byHand.setEmailRouting(zone, "on");
    await byHand.setEmailRouting(zone, "on");
    const routes = [1, 2, 3].map((host) => `route${host}.mx.cloudflare.net.`);
    expect((await resolve(zone, "MX")).map((data) => data.split(" ")[1])).toEqual(routes);
    expect(await resolve(zone, "TXT")).toEqual(['"v=spf1 include:_spf.mx.cloudflare.net ~all"']);
    for (const { meta } of await listed())
      expect(JSON.parse(String(meta))).toMatchObject({ email_routing: true, read_only: true });
    await byHand.setEmailRouting(zone, "off");
    expect(await listed()).toEqual([]);
    expect(await resolve(zone, "MX")).toEqual([]);
  });

  it("lets no other MX record beside its own, but elsewhere in the zone", async () => {
    await byHand.setEmailRouting(zone, "on");
    await expect(services.create("DnsRecord", mx)).rejects.toThrow(
      "890190: This zone is managed by Email Routing. Disable Email Routing to add/modify MX records.",
    );
    const elsewhere = await services.create("DnsRecord", { ...mx, name: "sub.example.test" });
    await expect(services.update(elsewhere, mx)).rejects.toThrow("890190");
    await byHand.setEmailRouting(zone, "off");
    await services.create("DnsRecord", mx);
  });

  it("keeps its records locked", async () => {
    await byHand.setEmailRouting(zone, "on");
    const spf = byHand.records(zone).find(({ type }) => type === "TXT") ?? expect.fail("there is one");
    expect(spf.locked).toBe(true);
    const inputs = { ...base, name: zone, type: "TXT", content: '"v=spf1 -all"' };
    const held = { type: "cloudflare:index/dnsRecord:DnsRecord", id: spf.id, inputs, state: inputs };
    const says =
      "1046: This record is managed by Email Routing. Disable Email Routing to modify/remove this record";
    await expect(services.update(held, inputs)).rejects.toThrow(says);
    await expect(services.remove(held)).rejects.toThrow(says);
    await expect(byHand.deleteRecord(zone, spf.id)).rejects.toThrow(says);
    expect(byHand.records(zone)).toHaveLength(4);
  });

  it("is not turned on where another service receives the mail", async () => {
    await services.create("DnsRecord", mx);
    await expect(byHand.setEmailRouting(zone, "on")).rejects.toThrow("another service, mx1.example.test.");
    expect(byHand.records(zone)).toHaveLength(1);
  });
});

describe("when time passes", () => {
  const times = async () =>
    (await listed()).map(({ createdOn, modifiedOn, commentModifiedOn }) =>
      [createdOn, modifiedOn, commentModifiedOn].map((time) => time && Date.parse(String(time))),
    );

  it("records and their comments are that much older, and nothing else is", async () => {
    await byHand.addRecord(zone, { name: "a", type: "A", content: "203.0.113.1", comment: "x" });
    await byHand.addRecord(zone, { name: "b", type: "A", content: "203.0.113.2" });
    const before = await times();
    ageRecords(services.cloud.store, 1.5);
    const older = before.map((row) => row.map((time) => time && Number(time) - 36 * 3_600_000));
    expect(await times()).toEqual(older);
    expect(older[1]?.[2]).toBeNull();
  });

  for (const days of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    it(`does not pass by ${days} days`, () => {
      expect(() => ageRecords(services.cloud.store, days)).toThrow("no positive number of days");
    });
});
