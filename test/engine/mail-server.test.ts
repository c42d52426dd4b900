import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lookUpZones, MailServer, type MailServerArgs } from "../../components";
import type { CatalogueImage } from "../../local/world";
import { blowfish } from "../unit/config/support/hashes";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, failure, stackOf } from "./support/stack";

type Choices = Partial<MailServerArgs>;

function program(choices: Choices = {}) {
  return async () => {
    const { at, contents } = await lookUpZones([{ name: "example.test", key: "domain" }]);
    const { instanceId, publicIp, bundleDigest } = new MailServer("mail", {
      hostname: "mx1.example.test",
      hostZoneId: at("example.test").zoneId,
      contents,
      domains: [{ name: "example.test", ...at("example.test") }],
      mailboxes: [{ address: "alice@example.test", passwordHash: blowfish }],
      postmaster: "alice@example.test",
      protect: false,
      ...choices,
    });
    return { instanceId, publicIp, bundleDigest };
  };
}

describe("a mail server on the engine", () => {
  let cloud: TestCloud;
  let stack: Stack;
  const up = (choices?: Choices) => stack.up({ program: program(choices) });
  beforeAll(async () => {
    cloud = await openTestCloud();
    stack = await stackOf(cloud, program());
    await stack.up();
  });
  afterAll(() => cloud.close());

  it("has every resource below its component", async () => {
    const parents = (await resourcesOf(stack))
      .filter(({ type }) => !/^pulumi:|^pulumi-mailserver:index:MailServer$/.test(type))
      .map(({ parent = "" }) => parent);
    expect(parents.filter((parent) => !parent.includes("pulumi-mailserver:index:MailServer"))).toEqual([]);
  });

  it("takes another mailbox to the running host: the bundle changes, nothing else", async () => {
    const mailboxes = ["alice", "bob"].map((name) => ({
      address: `${name}@example.test`,
      passwordHash: pulumi.secret(blowfish),
    }));
    const changed = await up({ mailboxes });
    const updated = (await resourcesOf(stack)).filter(
      ({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2",
    );
    expect(updated).toHaveLength(1);
    // The bundle, and the components that were given the mailbox.
    expect(changesOf(changed)).toEqual({ update: 3 });
  });

  it("opens SSH with one rule, in place", async () => {
    const before = await stack.outputs();
    expect(changesOf(await up({ sshCidrs: ["192.0.2.0/24"] })).create).toBe(1);
    expect((await stack.outputs()).instanceId).toEqual(before.instanceId);
  });

  it("stays the same machine when Debian publishes another image", async () => {
    await up();
    const images = cloud.account.images as CatalogueImage[];
    const next = images.map((image, i) => ({
      ...image,
      id: `ami-0000000000000014${i}`,
      name: image.name.replace("20261101", "20270101"),
      created: "2027-01-01T20:00:00Z",
    }));
    images.push(...next);
    expect(changesOf(await up())).toEqual({});
    images.splice(-next.length);
  });

  it("gets its IPv6 address while it runs, where a version before this one had made it without", async () => {
    await stack.destroy();
    const withoutIpv6: pulumi.ResourceTransform = async ({ props, opts }) => {
      const { assignGeneratedIpv6CidrBlock, ipv6CidrBlock, ...rest } = props;
      return { props: rest, opts };
    };
    const earlier = async () => {
      pulumi.runtime.registerResourceTransform(withoutIpv6);
      return program({ ipv6: false })();
    };
    await stack.up({ program: earlier });
    const before = await idsOf(stack);
    const { instanceId } = await stack.outputs();

    await stack.preview({ program: program() });
    const changed = changesOf(await up());
    expect(changed).toEqual({ create: 1, update: expect.any(Number) });
    expect((await stack.outputs()).instanceId).toEqual(instanceId);
    for (const [type, ids] of before)
      if (type.startsWith("aws:")) expect((await idsOf(stack)).get(type), type).toEqual(ids);
    const [, record] = cloud.store.all("dnsRecord").find(([, { config }]) => config.type === "AAAA") ?? [];
    expect(record?.config.content).toBe(cloud.store.all("instance")[0]?.[1].facts.ipv6Address);
  });

  it.each<[string, Choices]>([
    ["name", { hostname: "mx2.example.test" }],
    ["architecture", { architecture: "amd64" }],
  ])(
    "becomes another machine with another %s, and keeps its data, its address and its keys",
    async (_, choices) => {
      await up();
      const before = await idsOf(stack);
      const { instanceId } = await stack.outputs();
      await up(choices);
      expect((await stack.outputs()).instanceId).not.toEqual(instanceId);
      expect(cloud.store.all("instance")).toHaveLength(1);
      const kept = [
        "aws:ebs/volume:Volume",
        "aws:ec2/eip:Eip",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:s3/bucket:Bucket",
        "tls:index/privateKey:PrivateKey",
      ];
      const after = await idsOf(stack);
      for (const type of kept) expect(after.get(type), type).toEqual(before.get(type));
    },
  );

  it("goes on with fewer authorities for a domain's certificates, whichever is left out", async () => {
    const issuers = () =>
      cloud.store
        .all("dnsRecord")
        .map(([, { config }]) => config)
        .filter(({ type, name, data }) => type === "CAA" && name === "example.test" && data?.tag === "issue")
        .map(({ data }) => data?.value);
    const withIssuers = (caaIssuers: string[]) => async () => {
      const { at } = await lookUpZones([{ name: "example.test", key: "domain" }]);
      return program({ domains: [{ name: "example.test", ...at("example.test"), caaIssuers }] })();
    };
    await stack.up({ program: withIssuers(["letsencrypt.org", "pki.goog", "sectigo.com"]) });
    await stack.up({ program: withIssuers(["sectigo.com", "pki.goog"]) });
    expect(issuers().sort()).toEqual(["pki.goog", "sectigo.com"]);
  });

  it("protects its address, its data and its keys by one switch, and nothing else", async () => {
    await up({ protect: true });
    const kept = (await resourcesOf(stack)).filter(({ protect }) => protect).map(({ type }) => type);
    expect(kept.sort()).toEqual([
      "aws:ebs/volume:Volume",
      "aws:ec2/eip:Eip",
      // RSA, Ed25519 and the host's, each in use and the next.
      ...Array.from({ length: 6 }, () => "tls:index/privateKey:PrivateKey"),
    ]);
    const size = cloud.store.size;
    expect(await failure(stack.preview({ program: async () => {} }))).toContain("cannot be deleted");
    expect(cloud.store.size).toBe(size);
    await up({ protect: false });
    await stack.destroy();
    expect(cloud.store.size).toBe(0);
  });
});

interface Resource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly parent?: string;
  readonly protect?: boolean;
}

async function resourcesOf(stack: Stack): Promise<readonly Resource[]> {
  return (await stack.exportStack()).deployment.resources;
}

/** The ids of all resources, by type. */
async function idsOf(stack: Stack): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = new Map<string, string[]>();
  for (const { type, id = "" } of await resourcesOf(stack))
    ids.set(type, [...(ids.get(type) ?? []), id].sort());
  return ids;
}
