import { beforeEach, describe, expect, it } from "vitest";
import type { Properties, Value } from "../../../../local/providers/values";
import { zoneId } from "../../../../local/zones";
import { openServices, type TestServices } from "./support/service";

const zone = zoneId("example.test");
const token = "cloudflare:index/getDnsRecords:getDnsRecords";
const srv = { priority: 0, weight: 0, port: 0, target: "." };

const held: Properties[] = [
  { name: "www.example.test", type: "A", content: "203.0.113.9", comment: "Web Server" },
  { name: "example.test", type: "MX", content: "mx1.example.test", priority: 10 },
  { name: "example.test", type: "TXT", content: "v=spf1 -all" },
  { name: "_imap._tcp.example.test", type: "SRV", priority: 0, data: srv },
  { name: "alias.example.test", type: "CNAME", content: "www.example.test" },
];

describe("the records of a zone, asked for", () => {
  let services: TestServices;
  beforeEach(async () => {
    services = openServices();
    for (const record of held) await services.create("DnsRecord", { zoneId: zone, ttl: 300, ...record });
  });

  async function ask(args: Properties): Promise<readonly Record<string, Value>[]> {
    const answer = await services.invoke(token, { zoneId: zone, ...args });
    return answer.results as unknown as readonly Record<string, Value>[];
  }
  const names = (records: readonly Record<string, Value>[]) => records.map(({ type }) => type);

  it("are all of them, ordered by type", async () => {
    expect(names(await ask({}))).toEqual(["A", "CNAME", "MX", "SRV", "TXT"]);
  });

  for (const [what, args, types] of [
    ["an exact name in any case", { name: { exact: "EXAMPLE.test" } }, ["MX", "TXT"]],
    ["the beginning of a name", { name: { startswith: "_imap." } }, ["SRV"]],
    ["the end of a name", { name: { endswith: "s.example.test" } }, ["CNAME"]],
    ["a part of a name", { name: { contains: "w.ex" } }, ["A"]],
    ["a type", { type: "MX" }, ["MX"]],
    ["a type that no record has", { type: "LOC" }, []],
    ["a part of the content as it is kept", { content: { startswith: '"V=SPF1' } }, ["TXT"]],
    ["a comment", { comment: { exact: "web server" } }, ["A"]],
    ["that there is a comment", { comment: { present: "" } }, ["A"]],
    ["that there is none", { comment: { absent: "" }, type: "CNAME" }, ["CNAME"]],
    ["all at once", { name: { exact: "example.test" }, type: "TXT" }, ["TXT"]],
    ["any of them", { match: "any", name: { exact: "alias.example.test" }, type: "A" }, ["A", "CNAME"]],
    ["another order", { order: "name", direction: "desc", maxItems: 2 }, ["A", "MX"]],
    ["what goes through the proxy", { proxied: true }, []],
  ] as const)
    it(`can be found by ${what}`, async () => {
      expect(names(await ask(args))).toEqual(types);
    });

  it("are told as the API tells them, with null for what a type does not have", async () => {
    const [spf] = await ask({ type: "TXT" });
    expect(spf).toEqual({
      comment: null,
      commentModifiedOn: null,
      content: '"v=spf1 -all"',
      createdOn: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: null,
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      meta: "{}",
      modifiedOn: spf?.createdOn,
      name: "example.test",
      priority: null,
      privateRouting: null,
      proxiable: false,
      proxied: false,
      settings: null,
      tags: [],
      tagsModifiedOn: null,
      ttl: 300,
      type: "TXT",
    });
    const [service] = await ask({ type: "SRV" });
    expect(service).toMatchObject({ content: "0 0 0 .", data: srv, priority: 0, proxiable: false });
    const [alias] = await ask({ type: "CNAME" });
    expect(alias).toMatchObject({ settings: { flattenCname: false }, proxiable: true });
  });

  for (const [what, args, says] of [
    ["no zone", { zoneId: null }, "zoneId: is required"],
    ["a zone that is not there", { zoneId: "0".repeat(32) }, "7003: Could not route to /zones/0000"],
    ["a type that does not exist", { type: "SPF" }, '"SPF" is none of A, AAAA, CAA'],
    ["a filter that is not emulated", { search: "x" }, "search: the real"],
  ] as const)
    it(`are refused for ${what}`, async () => {
      await expect(ask(args)).rejects.toThrow(says);
    });
});

describe("when a record was changed", () => {
  const inputs = { zoneId: zone, ttl: 300, name: "www.example.test", type: "A", content: "203.0.113.9" };
  const hourAgo = "2026-11-25T12:00:00.000Z";

  /** A record that is an hour old. */
  async function old(comment?: string) {
    const services = openServices();
    const record = await services.create("DnsRecord", { ...inputs, ...(comment && { comment }) });
    const row = services.cloud.store.get("dnsRecord", record.id) ?? expect.fail("it was made");
    const commentModified = comment && hourAgo;
    const facts = { ...row.facts, created: hourAgo, modified: hourAgo, commentModified };
    services.cloud.store.put("dnsRecord", record.id, { ...row, facts });
    return { services, record };
  }

  it("its comment has a time of its own", async () => {
    const { services, record } = await old("one");
    const moved = await services.update(record, { ...inputs, comment: "one", ttl: 600 });
    expect(moved.state).toMatchObject({ createdOn: hourAgo, commentModifiedOn: hourAgo });
    expect(moved.state.modifiedOn).not.toBe(hourAgo);
    const renamed = await services.update(moved, { ...inputs, comment: "two", ttl: 600 });
    expect(renamed.state.commentModifiedOn).toBe(renamed.state.modifiedOn);
    const silent = await services.update(renamed, { ...inputs, ttl: 600 });
    expect(silent.state).toMatchObject({ comment: null, commentModifiedOn: null });
  });

  it("a comment may have 100 characters", async () => {
    const { create } = openServices();
    await expect(create("DnsRecord", { ...inputs, comment: "x".repeat(101) })).rejects.toThrow("comment: ");
    await create("DnsRecord", { ...inputs, comment: "x".repeat(100) });
  });
});
