import { describe, expect, it } from "vitest";
import { zoneId } from "../../../../local/zones";
import { openServices } from "./support/service";

const base = { zoneId: zoneId("example.test"), name: "www.example.test", ttl: 300 };
const a = { ...base, type: "A", content: "203.0.113.9" };
const cname = { ...base, type: "CNAME", content: "other.example.test" };

describe("a DNS record is refused", () => {
  for (const [what, inputs, says] of [
    [
      "with content that is no address",
      { ...a, content: "www" },
      "9005: Content for A record must be a valid IPv4 address",
    ],
    ["with an IPv4 address for AAAA", { ...a, type: "AAAA" }, "9006: Content for AAAA record"],
    ["of a type that does not exist", { ...a, type: "ALIAS" }, "is no record type"],
    ["of a type that is not emulated", { ...a, type: "SVCB" }, "does not emulate"],
    [
      "MX without a priority",
      { ...base, type: "MX", content: "mx.example.test" },
      "priority is required for MX records",
    ],
    ["A with a priority", { ...a, priority: 10 }, "A records have none"],
    ["with neither content nor data", { ...base, type: "A" }, "one of them is required"],
    [
      "with data in place of content",
      { ...base, type: "A", data: { value: "x" } },
      "A records have content, not data",
    ],
    [
      "SRV with data that lacks a part",
      { ...base, type: "SRV", priority: 0, data: { priority: 0, port: 993 } },
      "data needs weight, target",
    ],
    ["TXT with an open quote", { ...base, type: "TXT", content: '"v=spf1' }, "quotes that do not pair up"],
    ["with a TTL of 59", { ...a, ttl: 59 }, "is no TTL (9021)"],
    ["with a TTL over a day", { ...a, ttl: 86_401 }, "is no TTL (9021)"],
    ["through the proxy", { ...a, proxied: true }, "Cloudflare's proxy is not emulated"],
    ["with a name that is none", { ...a, name: "w w.example.test" }, "is no domain name"],
    [
      "with a name outside of the zone",
      { ...a, name: "www" },
      "9000: DNS name is invalid: www is not in the zone example.test. Give the fully qualified name; did you mean www.example.test?",
    ],
    ["in a zone that is not there", { ...a, zoneId: "0".repeat(32) }, "7003: Could not route to /zones/"],
    ["CNAME at the apex", { ...cname, name: "example.test" }, "Cloudflare flattens it"],
  ] as const)
    it(what, async () => {
      const { create, cloud } = openServices();
      await expect(create("DnsRecord", inputs)).rejects.toThrow(says);
      expect(cloud.store.size).toBe(0);
    });

  it("when it is there already, in other words even", async () => {
    const { create } = openServices();
    await create("DnsRecord", { ...base, type: "TXT", content: '"v=spf1 -all"' });
    await expect(create("DnsRecord", { ...base, type: "TXT", content: "v=spf1 -all" })).rejects.toThrow(
      "81058",
    );
    await create("DnsRecord", { ...base, type: "TXT", content: "v=spf1 ~all" });
  });

  it("beside a CNAME, and a CNAME beside others", async () => {
    const { create, remove } = openServices();
    const held = await create("DnsRecord", a);
    await expect(create("DnsRecord", cname)).rejects.toThrow("81053");
    await remove(held);
    await create("DnsRecord", cname);
    await expect(create("DnsRecord", a)).rejects.toThrow("81054");
  });
});

describe("DNS serves", () => {
  it("all records of a name and type as one set, and none when the last is gone", async () => {
    const { create, update, remove, cloud } = openServices();
    const first = await create("DnsRecord", a);
    const second = await create("DnsRecord", { ...a, content: "203.0.113.10" });
    expect(await cloud.world.dns.resolve("www.example.test", "A")).toEqual(["203.0.113.9", "203.0.113.10"]);
    const moved = await update(second, { ...a, name: "web.example.test", content: "203.0.113.10" });
    expect(await cloud.world.dns.resolve("www.example.test", "A")).toEqual(["203.0.113.9"]);
    expect(await cloud.world.dns.resolve("web.example.test", "A")).toEqual(["203.0.113.10"]);
    await remove(first);
    await remove(moved);
    expect(await cloud.world.dns.resolve("www.example.test", "A")).toEqual([]);
  });

  for (const [inputs, rdata] of [
    [{ type: "MX", content: "MX.example.test", priority: 10 }, "10 mx.example.test."],
    [{ type: "MX", content: ".", priority: 0 }, "0 ."],
    [{ type: "TXT", content: "v=spf1 -all" }, '"v=spf1 -all"'],
    [{ type: "AAAA", content: "2001:DB8:0:0::1" }, "2001:db8::1"],
    [
      { type: "SRV", priority: 0, data: { priority: 0, weight: 1, port: 993, target: "mx.example.test" } },
      "0 1 993 mx.example.test.",
    ],
    [{ type: "TLSA", data: { usage: 3, selector: 1, matchingType: 1, certificate: "ab12" } }, "3 1 1 ab12"],
    [
      { type: "CAA", data: { flags: 0, tag: "issue", value: "letsencrypt.org" } },
      '0 issue "letsencrypt.org"',
    ],
  ] as const)
    it(`${inputs.type} as ${rdata}`, async () => {
      const { create, cloud } = openServices();
      const { id } = await create("DnsRecord", { ...base, ...inputs });
      expect(cloud.store.get("dnsRecord", id)?.facts.rdata).toBe(rdata);
    });
});

describe("a zone", () => {
  it("is refused when the account has it, and takes its records with it", async () => {
    const { create, remove, cloud } = openServices();
    await expect(create("Zone", { account: { id: "a" }, name: "example.test" })).rejects.toThrow("1061");
    const zone = await create("Zone", { account: { id: "a" }, name: "new.test" });
    await create("DnsRecord", { ...a, zoneId: zone.id, name: "www.new.test" });
    expect(await cloud.world.dns.resolve("www.new.test", "A")).toEqual(["203.0.113.9"]);
    await remove(zone);
    expect(await cloud.world.dns.resolve("www.new.test", "A")).toEqual([]);
    expect(cloud.store.size).toBe(0);
  });
});
