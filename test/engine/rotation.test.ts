import type { Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ageRecords } from "../../local/age";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { dashboardOf, mailServer } from "./support/mail-server";
import { stackOf } from "./support/stack";

/** Days: longer than a stage lasts at least. */
const week = 7;

describe("an exchange of keys, run after run", () => {
  let cloud: TestCloud;
  let stack: Stack;
  beforeAll(async () => {
    cloud = await openTestCloud();
    stack = await stackOf(cloud, mailServer());
    await stack.up();
  });
  afterAll(() => cloud.close());

  const program = (epoch: number) => mailServer({ hostKeyEpoch: epoch }, { dkimEpoch: epoch });
  const up = (epoch: number) => stack.up({ program: program(epoch) });
  const selectors = () =>
    dashboardOf(cloud)
      .records("example.test")
      .flatMap(({ name }) => /^(\w+)\._domainkey\./.exec(name)?.[1] ?? [])
      .sort();
  const hostKeys = () =>
    dashboardOf(cloud)
      .records("example.test")
      .filter(({ type }) => type === "TLSA")
      .map(({ comment = "" }) => comment.split(" ").at(-1))
      .sort();
  /** What the host has been handed: each selector, and whether mail is signed with it. */
  const onHost = async () => {
    const [[bucket = ""] = []] = cloud.store.all("bucket");
    const stored = await cloud.world.objects.get(bucket, "hosts/mx1.example.test/bundle.json");
    const bundle = JSON.parse(stored?.body.toString() ?? "{}") as {
      parts: { name: string; files: { path: string; content: string }[] }[];
    };
    const files = bundle.parts.find(({ name }) => name === "rspamd")?.files ?? [];
    const signing = files.find(({ path }) => path.endsWith("/dkim_signing.conf"))?.content ?? "";
    const keys = files.flatMap(({ path }) => /\/example\.test\.(\w+)\.key$/.exec(path)?.[1] ?? []);
    const signs = [...signing.matchAll(/selector = "(\w+)"/g)].map(([, selector]) => selector);
    return { keys: keys.sort(), signs: signs.sort() };
  };

  it("begins with the next keys published ahead, and on the host", async () => {
    expect(selectors()).toEqual(["ed1", "ed2", "rsa1", "rsa2"]);
    expect(hostKeys()).toEqual(["1", "2"]);
    expect(await onHost()).toEqual({ keys: ["ed1", "ed2", "rsa1", "rsa2"], signs: ["ed1", "rsa1"] });
  });

  it("does not hurry: keys that were published just now are not signed with", async () => {
    await up(2);
    expect(selectors()).toEqual(["ed1", "ed2", "rsa1", "rsa2"]);
    expect((await onHost()).signs).toEqual(["ed1", "rsa1"]);
  });

  it("signs with the next keys once everybody knows them, and keeps the former ones published", async () => {
    ageRecords(cloud.store, week);
    const { keySha256: before } = await hostKey();
    await up(2);
    expect(selectors()).toEqual(["ed1", "ed2", "ed3", "rsa1", "rsa2", "rsa3"]);
    expect(hostKeys()).toEqual(["1", "2", "3"]);
    expect((await onHost()).signs).toEqual(["ed2", "rsa2"]);
    expect((await hostKey()).keySha256).not.toBe(before);
  });

  it("comes to rest meanwhile: another run changes nothing", async () => {
    const result = await stack.up({ program: program(2) });
    expect(result.summary.resourceChanges?.update).toBeUndefined();
    expect(selectors()).toHaveLength(6);
  });

  it("takes the former keys out of DNS when nothing they signed is on its way, and off the host after that", async () => {
    ageRecords(cloud.store, week);
    await up(2);
    expect(selectors()).toEqual(["ed2", "ed3", "rsa2", "rsa3"]);
    expect(hostKeys()).toEqual(["2", "3"]);
    expect((await onHost()).keys).toEqual(["ed1", "ed2", "ed3", "rsa1", "rsa2", "rsa3"]);
    await up(2);
    expect(await onHost()).toEqual({ keys: ["ed2", "ed3", "rsa2", "rsa3"], signs: ["ed2", "rsa2"] });
  });

  it("is done by the calendar alone when that is declared", async () => {
    ageRecords(cloud.store, 90);
    const yearly = mailServer({ hostKeyEpoch: 2 }, { dkimEpoch: 2, rotateEvery: 365 });
    await stack.up({ program: yearly });
    expect((await onHost()).signs).toEqual(["ed2", "rsa2"]);
    ageRecords(cloud.store, 275);
    await stack.up({ program: yearly });
    expect((await onHost()).signs).toEqual(["ed3", "rsa3"]);
    expect(hostKeys()).toEqual(["2", "3"]);
  });

  async function hostKey(): Promise<{ readonly keySha256: string }> {
    const { deployment } = await stack.exportStack();
    const resources = deployment.resources as { type: string; outputs?: { keySha256?: string } }[];
    const certificate = resources.find(({ type }) => type === "pulumi-mailserver:index:HostCertificate");
    return { keySha256: certificate?.outputs?.keySha256 ?? "" };
  }
});
