import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAuthority } from "../../../../local/authority";
import { run } from "../../../../local/run";
import { openCredentials } from "../../../../local/services/credentials";
import { openObjects } from "../../../../local/services/objects";
import { storageNames, storageServer } from "../../../../local/services/storage";
import type { PolicyDocument } from "../../../../local/world";
import { instance, viewOf } from "./view";

const dir = mkdtempSync(join(tmpdir(), "storage-"));
const region = instance.region;
const host = `bundles.s3.${region}.amazonaws.com`;
const objects = openObjects(join(dir, "objects"));
const role: PolicyDocument = {
  Statement: [
    { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bundles/*" },
    {
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:DeleteObject"],
      Resource: "arn:aws:s3:::bundles/status/*",
    },
  ],
};
let policies: { role: PolicyDocument; bucket?: PolicyDocument };
let now: number;
const credentials = openCredentials(() => now);
let server: Server;
let port: number;

beforeAll(async () => {
  const authority = await openAuthority(join(dir, "authority"));
  writeFileSync(join(dir, "root.pem"), authority.rootPem);
  server = storageServer({
    view: {
      ...viewOf([instance]),
      rolePolicies: () => [policies.role],
      bucketPolicy: () => policies.bucket,
    },
    objects,
    credentials,
    account: { id: instance.accountId, region },
    certificate: await authority.issue(storageNames(region)),
    now: () => now,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  await objects.createBucket("bundles");
});
beforeEach(async () => {
  policies = { role };
  now = Date.now();
  await objects.put("bundles", "hosts/mx1/bundle.json", Buffer.from("the bundle"), "application/json");
});
afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

interface Signing {
  /** The body's SHA-256; older curls don't send it by themselves. */
  readonly hash?: string;
  readonly secret?: string;
  readonly key?: string;
  readonly token?: string;
  readonly scope?: string;
}

/** curl signs, not our own code: two readings of the specification meet. */
async function curl(path: string, args: string[] = [], signing: Signing | "anonymous" = {}, name = host) {
  const issued = credentials.issue({ role: "mail-role", instanceId: instance.instanceId });
  const config = join(dir, "curl.conf");
  const signed =
    signing === "anonymous"
      ? []
      : [
          `aws-sigv4 = "aws:amz:${signing.scope ?? `${region}:s3`}"`,
          `user = "${signing.key ?? issued.accessKeyId}:${signing.secret ?? issued.secretAccessKey}"`,
          `header = "x-amz-content-sha256: ${signing.hash ?? "UNSIGNED-PAYLOAD"}"`,
          `header = "x-amz-security-token: ${signing.token ?? issued.sessionToken}"`,
        ];
  writeFileSync(config, signed.join("\n"), { mode: 0o600 });
  const { stdout } = await run([
    "curl",
    "--silent",
    "--show-error",
    "--include",
    "--http1.1",
    ...["--config", config, "--cacert", join(dir, "root.pem"), "--resolve", `${name}:${port}:127.0.0.1`],
    ...args,
    `https://${name}:${port}${path}`,
  ]);
  const [head = "", body = ""] = stdout.split(/\r\n\r\n(.*)/s);
  const code = /<Code>(.*)<\/Code>/.exec(body)?.[1];
  return {
    status: Number(head.split(" ")[1]),
    head,
    body,
    code,
    message: /<Message>(.*)<\/Message>/.exec(body)?.[1],
  };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("the object storage, asked by curl", () => {
  it("gives an object with its type and ETag", async () => {
    const got = await curl("/hosts/mx1/bundle.json");
    expect(got.body).toBe("the bundle");
    expect(got.head).toMatch(/^Content-Type: application\/json\r$/m);
    expect(got.head).toMatch(/^ETag: "[0-9a-f]{32}"\r$/m);
  });

  it("says 304 to who has it already, until it changes", async () => {
    const etag = /ETag: (.*)\r/.exec((await curl("/hosts/mx1/bundle.json")).head)?.[1];
    const again = () => curl("/hosts/mx1/bundle.json", ["--header", `If-None-Match: ${etag}`]);
    expect(await again()).toMatchObject({ status: 304, body: "" });
    await objects.put("bundles", "hosts/mx1/bundle.json", Buffer.from("another"));
    expect(await again()).toMatchObject({ status: 200, body: "another" });
  });

  it("takes an object, and gives it up", async () => {
    const put = ["--request", "PUT", "--data-binary", "applied", "--header", "Content-Type: text/plain"];
    expect(await curl("/status/mx1.json", put)).toMatchObject({ status: 200 });
    expect((await objects.get("bundles", "status/mx1.json"))?.body.toString()).toBe("applied");
    expect(await curl("/status/mx1.json", ["--request", "DELETE"])).toMatchObject({ status: 204 });
    expect(await objects.get("bundles", "status/mx1.json")).toBeUndefined();
  });

  it("takes a body whose hash is signed", async () => {
    const put = ["--request", "PUT", "--data-binary", "genuine"];
    expect(await curl("/status/mx1.json", put, { hash: sha256("genuine") })).toMatchObject({ status: 200 });
  });

  it("reads keys with characters of any kind", async () => {
    await objects.put("bundles", "status/a b+c=d(e)'ü.json", Buffer.from("odd"));
    expect(await curl("/status/a%20b%2Bc%3Dd%28e%29%27%C3%BC.json")).toMatchObject({
      status: 200,
      body: "odd",
    });
  });

  it("is reached by path as well", async () => {
    const got = await curl("/bundles/hosts/mx1/bundle.json", [], {}, `s3.${region}.amazonaws.com`);
    expect(got).toMatchObject({ status: 200, body: "the bundle" });
  });
});

describe("the object storage refuses", () => {
  const path = "/hosts/mx1/bundle.json";

  it("an unsigned request", async () => {
    expect(await curl(path, [], "anonymous")).toMatchObject({ status: 403, code: "AccessDenied" });
  });

  it("a wrong secret, key or token", async () => {
    expect(await curl(path, [], { secret: "wrong" })).toMatchObject({
      status: 403,
      code: "SignatureDoesNotMatch",
    });
    expect(await curl(path, [], { key: "ASIAAAAAAAAAAAAAAAAA" })).toMatchObject({
      status: 403,
      code: "InvalidAccessKeyId",
    });
    expect(await curl(path, [], { token: "wrong" })).toMatchObject({ status: 400, code: "InvalidToken" });
  });

  it("a signature for another region or service", async () => {
    const region = await curl(path, [], { scope: "us-west-2:s3" });
    expect(region).toMatchObject({ status: 400, code: "AuthorizationHeaderMalformed" });
    expect(region.message).toMatch(/expecting &#39;eu-central-1&#39;/);
    expect(await curl(path, [], { scope: "eu-central-1:ec2" })).toMatchObject({ status: 400 });
  });

  it("a clock that is off by more than a quarter of an hour", async () => {
    now += 16 * 60_000;
    expect(await curl(path)).toMatchObject({ status: 403, code: "RequestTimeTooSkewed" });
  });

  it("credentials that have expired", async () => {
    const old = credentials.issue({ role: "mail-role", instanceId: instance.instanceId });
    now = old.expires.getTime() + 1000;
    const signing = { key: old.accessKeyId, secret: old.secretAccessKey, token: old.sessionToken };
    expect(await curl(path, [], signing)).toMatchObject({ status: 400, code: "ExpiredToken" });
  });

  it("a body other than the signed one", async () => {
    const put = ["--request", "PUT", "--data-binary", "forged"];
    const refused = await curl("/status/forged.json", put, { hash: sha256("genuine") });
    expect(refused).toMatchObject({ status: 400, code: "XAmzContentSHA256Mismatch" });
    expect(await objects.get("bundles", "status/forged.json")).toBeUndefined();
  });

  it("what the role's policy does not allow, and says which action", async () => {
    const refused = await curl(path, ["--request", "PUT", "--data-binary", "x"]);
    expect(refused).toMatchObject({ status: 403, code: "AccessDenied" });
    expect(refused.message).toMatch(/no identity-based policy allows the s3:PutObject action/);
  });

  it("what the bucket's policy denies", async () => {
    policies.bucket = {
      Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::bundles/*" }],
    };
    const refused = await curl(path);
    expect(refused).toMatchObject({ status: 403, code: "AccessDenied" });
    expect(refused.message).toMatch(/with an explicit deny/);
  });

  it("to say whether an object exists, but to who may list the bucket", async () => {
    expect(await curl("/hosts/none")).toMatchObject({ status: 403, code: "AccessDenied" });
    policies.role = { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
    expect(await curl("/hosts/none")).toMatchObject({ status: 404, code: "NoSuchKey" });
    expect(await curl("/?list-type=2&prefix=hosts%2F")).toMatchObject({ status: 200 });
  });

  it("a bucket that is not there, and what it has not learnt", async () => {
    const other = `others.s3.${region}.amazonaws.com`;
    expect(await curl("/x", [], {}, other)).toMatchObject({ status: 404, code: "NoSuchBucket" });
    expect(await curl(`${path}?versionId=1`)).toMatchObject({ status: 501, code: "NotImplemented" });
  });
});
