import * as cloudflare from "@pulumi/cloudflare";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zoneId } from "../../local/zones";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, failure, stackOf } from "./support/stack";

const zone = zoneId("example.test");
type Record = Omit<cloudflare.DnsRecordArgs, "zoneId" | "ttl" | "name"> & { readonly name?: string };

const long = "x".repeat(300);
const caa = (tag: string, value: string): Record => ({ type: "CAA", data: { flags: 0, tag, value } });
const srv = (port: number, target: string): Record => ({
  type: "SRV",
  priority: 0,
  data: { priority: 0, weight: 1, port, target },
});

/** One of each kind of record that a mail domain has. */
const records: { readonly [what: string]: Record } = {
  A: { type: "A", content: "203.0.113.9" },
  AAAA: { type: "AAAA", content: "2001:db8::9", comment: "inbound only" },
  CNAME: { type: "CNAME", content: "example.test" },
  MX: { type: "MX", content: "mx1.example.test", priority: 10 },
  nullMx: { type: "MX", content: ".", priority: 0, name: "silent.example.test" },
  longTxt: { type: "TXT", content: `"${long.slice(0, 255)}" "${long.slice(255)}"` },
  quotedTxt: { type: "TXT", content: '"a \\"quoted\\" word, and a \\\\ backslash"' },
  SRV: srv(993, "mx1.example.test"),
  noSrv: srv(0, "."),
  TLSA: { type: "TLSA", data: { usage: 3, selector: 1, matchingType: 1, certificate: "ab".repeat(32) } },
  caaIssue: caa("issue", "letsencrypt.org; accounturi=https://acme.test/acct/1; validationmethods=http-01"),
  caaNone: caa("issuewild", ";"),
  caaIodef: caa("iodef", "mailto:postmaster@example.test"),
};

const program = async () => {
  for (const [what, { name = `${what.toLowerCase()}.example.test`, ...record }] of Object.entries(records))
    new cloudflare.DnsRecord(what, { zoneId: zone, ttl: 300, name, ...record });
};

describe("records as Cloudflare keeps them", () => {
  let cloud: TestCloud;
  let stack: Stack;
  beforeAll(async () => {
    cloud = await openTestCloud();
    stack = await stackOf(cloud, program);
    await stack.up();
  });
  afterAll(() => cloud.close());

  it("stay as they are at the next up, and after a refresh", async () => {
    expect(changesOf(await stack.up())).toEqual({});
    expect(changesOf(await stack.refresh())).toEqual({});
    expect((await stack.preview()).changeSummary).toEqual({ same: Object.keys(records).length + 1 });
  });

  it("can be read by a program, in a preview too", async () => {
    const reading = async () => {
      const { results } = await cloudflare.getDnsRecords({ zoneId: zone, type: "MX" });
      return { priorities: results.map(({ content, priority }) => `${priority} ${content}`) };
    };
    const wanted = ["10 mx1.example.test", "0 ."];
    const reader = await stackOf(cloud, reading, "reader");
    const seen: string[] = [];
    await reader.preview({
      program: async () => {
        seen.push(...(await reading()).priorities);
      },
    });
    expect(seen).toEqual(wanted);
    expect((await reader.up()).outputs.priorities?.value).toEqual(wanted);
  });

  it("of a zone that is not there can't be read", async () => {
    const lost = async () => void (await cloudflare.getDnsRecords({ zoneId: "0".repeat(32) }));
    expect(await failure((await stackOf(cloud, lost, "lost")).preview())).toContain(
      "7003: Could not route to /zones/00000000000000000000000000000000/dns_records",
    );
  });
});

describe("a record that is there already", () => {
  let cloud: TestCloud;
  let id: string;
  beforeAll(async () => {
    cloud = await openTestCloud();
    const declared = txt("v=spf1 mx -all", { retainOnDelete: true });
    const first = await stackOf(cloud, declared, "first");
    await first.up();
    await first.destroy();
    id = `${zone}/${cloud.store.all("dnsRecord")[0]?.[0]}`;
  });
  afterAll(() => cloud.close());

  const txt =
    (content: string, options: CustomResourceOptions): PulumiFn =>
    async () => {
      const inputs = { zoneId: zone, ttl: 300, name: "example.test", type: "TXT", content: `"${content}"` };
      new cloudflare.DnsRecord("spf", inputs, { retainOnDelete: true, ...options });
    };
  const contents = () => cloud.store.all("dnsRecord").map(([, { facts }]) => facts.rdata);

  it("is taken over with equal inputs", async () => {
    const stack = await stackOf(cloud, txt("v=spf1 mx -all", { import: id }), "equal");
    expect(changesOf(await stack.up())).toEqual({ create: 1, import: 1 });
    expect(changesOf(await stack.up())).toEqual({});
  });

  it("is taken over as it is where its difference is ignored", async () => {
    const options = { import: id, ignoreChanges: ["content"] };
    const stack = await stackOf(cloud, txt("v=spf1 -all", options), "ignoring");
    expect(changesOf(await stack.up())).toEqual({ create: 1, import: 1 });
    expect(changesOf(await stack.up())).toEqual({});
    expect(contents()).toEqual(['"v=spf1 mx -all"']);
  });

  it("is not found in another zone", async () => {
    const elsewhere = `${zoneId("example.org")}/${id.split("/")[1]}`;
    const stack = await stackOf(cloud, txt("v=spf1 mx -all", { import: elsewhere }), "elsewhere");
    expect(await failure(stack.up())).toContain("does not exist");
  });

  it("is taken over and changed in one where its difference is not ignored, as the preview says", async () => {
    const stack = await stackOf(cloud, txt("v=spf1 -all", { import: id }), "other");
    const wanted = { create: 1, import: 1, update: 1 };
    expect((await stack.preview()).changeSummary).toEqual(wanted);
    expect(contents()).toEqual(['"v=spf1 mx -all"']);
    expect(changesOf(await stack.up())).toEqual(wanted);
    expect(contents()).toEqual(['"v=spf1 -all"']);
  });
});
