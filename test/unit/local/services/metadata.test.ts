import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { openCredentials } from "../../../../local/services/credentials";
import { metadataServer } from "../../../../local/services/metadata";
import type { InstanceView } from "../../../../local/world";
import { instance, viewOf } from "./view";

let server: Server | undefined;
afterEach(() => new Promise((resolve) => server?.close(resolve)));

let now = Date.parse("2026-11-23T12:00:00Z");

async function serve(...instances: InstanceView[]) {
  server = metadataServer(
    viewOf(instances),
    openCredentials(() => now),
    () => now,
  );
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(base + path, { headers: { connection: "close", ...headers } });
  const put = (headers: Record<string, string>) =>
    fetch(`${base}/latest/api/token`, { method: "PUT", headers: { connection: "close", ...headers } });
  const token = async (seconds = 60) => {
    const response = await put({ "X-aws-ec2-metadata-token-ttl-seconds": String(seconds) });
    return { "X-aws-ec2-metadata-token": await response.text() };
  };
  const text = async (path: string) => (await get(path, await token())).text();
  return { get, put, token, text };
}

describe("the metadata service", () => {
  it("answers nothing without a token where tokens are required", async () => {
    const { get, token } = await serve(instance);
    expect((await get("/latest/meta-data/instance-id")).status).toBe(401);
    expect(
      (await get("/latest/meta-data/instance-id", { "X-aws-ec2-metadata-token": "made-up" })).status,
    ).toBe(401);
    expect((await get("/latest/meta-data/instance-id", await token())).status).toBe(200);
  });

  it("answers without one where they are optional, but not with a wrong one", async () => {
    const { get } = await serve({ ...instance, metadata: { ...instance.metadata, tokensRequired: false } });
    expect(await (await get("/latest/meta-data/instance-id")).text()).toBe(instance.instanceId);
    expect((await get("/latest/meta-data/", { "X-aws-ec2-metadata-token": "made-up" })).status).toBe(401);
  });

  it("lets a token expire", async () => {
    const { get, token } = await serve(instance);
    const issued = await token(60);
    now += 61_000;
    expect((await get("/latest/meta-data/", issued)).status).toBe(401);
  });

  it.each(["0", "21601", "many", undefined])("issues no token for %s seconds", async (seconds) => {
    const { put } = await serve(instance);
    const response = await put(
      seconds === undefined ? {} : { "X-aws-ec2-metadata-token-ttl-seconds": seconds },
    );
    expect(response.status).toBe(400);
  });

  it("issues no token through a proxy", async () => {
    const { put } = await serve(instance);
    const headers = { "X-aws-ec2-metadata-token-ttl-seconds": "60", "X-Forwarded-For": "10.0.0.1" };
    expect((await put(headers)).status).toBe(403);
  });

  it("knows nobody but the cloud's instances, and none that has it switched off", async () => {
    const header = { "X-aws-ec2-metadata-token-ttl-seconds": "60" };
    expect((await (await serve()).put(header)).status).toBe(403);
    const off = { ...instance, metadata: { ...instance.metadata, enabled: false } };
    expect((await (await serve(off)).put(header)).status).toBe(403);
  });

  it("lists directories with a slash after a directory's name", async () => {
    const { text } = await serve(instance);
    expect((await text("/")).split("\n")).toContain("2021-03-23");
    expect(await text("/latest/")).toBe("dynamic/\nmeta-data/\nuser-data");
    expect(await text("/latest/meta-data")).toBe(await text("/2021-03-23/meta-data/"));
    expect(await text("/latest/meta-data/network/interfaces/macs/")).toBe("06:00:00:00:00:01/");
    expect(
      await text(
        "/latest/meta-data/network/interfaces/macs/06:00:00:00:00:01/ipv4-associations/203.0.113.130",
      ),
    ).toBe("127.0.0.1");
  });

  it("tells an IPv6 address and the prefixes it is from, where there is one", async () => {
    const own = {
      address: "2001:db8:c000::25",
      subnetCidr: "2001:db8:c000::/64",
      vpcCidr: "2001:db8:c000::/56",
    };
    const { text } = await serve({ ...instance, ipv6: own });
    const at = (name: string) => text(`/latest/meta-data/network/interfaces/macs/${instance.mac}/${name}`);
    expect(await at("ipv6s")).toBe(own.address);
    expect(await at("subnet-ipv6-cidr-blocks")).toBe(own.subnetCidr);
    expect(await at("vpc-ipv6-cidr-blocks")).toBe(own.vpcCidr);
    expect(await text("/latest/meta-data/ipv6")).toBe(own.address);
  });

  it("gives user data byte for byte", async () => {
    const { get, token } = await serve(instance);
    const response = await get("/latest/user-data", await token());
    expect(Buffer.from(await response.arrayBuffer())).toEqual(instance.userData);
  });

  it("says 404 for what the instance does not have", async () => {
    const { get, token } = await serve({
      ...instance,
      userData: undefined,
      publicIp: undefined,
      role: undefined,
    });
    for (const path of [
      "user-data",
      "meta-data/public-ipv4",
      "meta-data/iam/info",
      "meta-data/ipv6",
      `meta-data/network/interfaces/macs/${instance.mac}/ipv6s`,
      "meta-data/constructor",
      "nothing",
    ]) {
      expect((await get(`/latest/${path}`, await token())).status, path).toBe(404);
    }
  });

  it("hands out the role's credentials, and others before they expire", async () => {
    const { text } = await serve(instance);
    const path = "/latest/meta-data/iam/security-credentials/";
    expect(await text(path)).toBe("mail-role");
    const first = JSON.parse(await text(`${path}mail-role`));
    expect(first).toMatchObject({
      Code: "Success",
      Type: "AWS-HMAC",
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
    });
    expect(JSON.parse(await text(`${path}mail-role`))).toEqual(first);
    now = Date.parse(first.Expiration) - 60_000;
    const next = JSON.parse(await text(`${path}mail-role`));
    expect(next.AccessKeyId).not.toBe(first.AccessKeyId);
    expect(Date.parse(next.Expiration)).toBeGreaterThan(Date.parse(first.Expiration));
  });

  it("has an identity document", async () => {
    const { text } = await serve(instance);
    expect(JSON.parse(await text("/latest/dynamic/instance-identity/document"))).toMatchObject({
      accountId: "123456789012",
      instanceId: instance.instanceId,
      region: "eu-central-1",
    });
  });
});
