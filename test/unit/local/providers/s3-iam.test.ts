import { describe, expect, it } from "vitest";
import type { Properties } from "../../../../local/providers/values";
import { cloudView } from "../../../../local/view";
import { account } from "../../../support/account";
import { openServices } from "./support/service";

const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::files/*" };
const trust = policy({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal: { Service: "ec2.amazonaws.com" },
});

describe("S3 refuses", () => {
  for (const [name, says] of [
    ["ab", "has not 3 to 63 characters"],
    ["Files", "has other characters"],
    ["-files", "has other characters"],
    ["my..files", "has two dots in a row"],
    ["192.168.0.1", "looks like an address"],
    ["xn--files", "what S3 keeps for itself"],
  ] as const)
    it(`the bucket name ${name}`, async () => {
      await expect(openServices().create("Bucket", { bucket: name })).rejects.toThrow(says);
    });

  it("a name that is taken, and to delete a bucket that is not empty, unless it is told to", async () => {
    const { create, update, remove, cloud } = openServices();
    const bucket = await create("Bucket", { bucket: "files" });
    await expect(create("Bucket", { bucket: "files" })).rejects.toThrow("BucketAlreadyOwnedByYou");
    await cloud.world.objects.put("files", "status.json", Buffer.from("{}"));
    await expect(remove(bucket)).rejects.toThrow(
      "BucketNotEmpty: The bucket files you tried to delete is not empty: it holds status.json",
    );
    await remove(await update(bucket, { bucket: "files", forceDestroy: true }));
    expect(cloud.store.size).toBe(0);
  });

  it("an object without a bucket, or with two bodies", async () => {
    const { create } = openServices();
    await expect(create("BucketObject", { bucket: "files", key: "a" })).rejects.toThrow("NoSuchBucket");
    const two = { bucket: "files", key: "a", content: "a", contentBase64: "YQ==" };
    await expect(create("BucketObject", two)).rejects.toThrow("they exclude each other");
  });

  it("a public policy where public policies are blocked, but no denial to everybody", async () => {
    const { create, cloud } = openServices();
    await create("Bucket", { bucket: "files" });
    await create("BucketPublicAccessBlock", { bucket: "files", blockPublicPolicy: true });
    const open = { bucket: "files", policy: policy({ ...read, Principal: "*" }) };
    await expect(create("BucketPolicy", open)).rejects.toThrow("AccessDenied");
    await create("BucketPolicy", {
      bucket: "files",
      policy: policy({ ...read, Effect: "Deny", Principal: "*" }),
    });
    expect(cloudView(cloud.store, account).bucketPolicy("files")?.Statement[0]?.Effect).toBe("Deny");
  });
});

describe("S3 keeps an object", () => {
  it("with its type and the MD5 of its body, whichever way the body was given", async () => {
    const { create, cloud } = openServices();
    await create("Bucket", { bucket: "files" });
    const given: Properties[] = [
      { content: "hello" },
      { contentBase64: Buffer.from("hello").toString("base64") },
    ];
    for (const [index, body] of given.entries()) {
      const { id, state } = await create("BucketObject", {
        bucket: "files",
        key: `${index}`,
        contentType: "text/plain",
        ...body,
      });
      expect(id).toBe(`files/${index}`);
      expect(state.etag).toBe("5d41402abc4b2a76b9719d911017c592");
      const stored = await cloud.world.objects.get("files", `${index}`);
      expect([stored?.body.toString(), stored?.contentType]).toEqual(["hello", "text/plain"]);
    }
  });
});

describe("IAM", () => {
  it("refuses names taken, references to nobody, and to delete a role in use", async () => {
    const { create, remove } = openServices();
    const role = await create("Role", { name: "host", assumeRolePolicy: trust });
    await expect(create("Role", { name: "host", assumeRolePolicy: trust })).rejects.toThrow(
      "EntityAlreadyExists",
    );
    await expect(create("RolePolicy", { role: "nobody", policy: policy(read) })).rejects.toThrow(
      "NoSuchEntity",
    );
    await expect(create("InstanceProfile", { role: "nobody" })).rejects.toThrow("NoSuchEntity");
    const inside = await create("RolePolicy", { role: role.id, policy: policy(read) });
    const profile = await create("InstanceProfile", { role: role.id });
    await expect(remove(role)).rejects.toThrow(
      "DeleteConflict: Cannot delete entity, must remove roles from instance profile first",
    );
    await remove(profile);
    await expect(remove(role)).rejects.toThrow(
      "DeleteConflict: Cannot delete entity, must delete policies first",
    );
    await remove(inside);
    await remove(role);
  });

  it("makes up names as Pulumi does, and keeps them", async () => {
    const { create, update } = openServices();
    const role = await create("Role", { assumeRolePolicy: trust });
    expect(role.id).toMatch(/^test-[0-9a-f]{7}$/);
    expect((await update(role, { assumeRolePolicy: trust, description: "d" })).inputs.name).toBe(role.id);
  });
});
