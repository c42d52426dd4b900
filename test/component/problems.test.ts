import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { judged } from "../../components/problems";

describe("a value that comes late", () => {
  it("passes when it is as it should be, and stays a secret if it was one", async () => {
    const cidr = judged("MailHost mail", pulumi.secret("10.1.0.0/16"), (vpcCidr) => ({ vpcCidr }));
    expect(await settled(cidr)).toBe("10.1.0.0/16");
    expect(await pulumi.isSecret(cidr)).toBe(true);
  });

  it("fails what is made from it when it is not, without repeating a secret", async () => {
    const mailboxes = pulumi.output([
      { address: "alice@example.org", passwordHash: pulumi.secret("{PLAIN}wonderland") },
    ]);
    const error = await settled(
      judged("HostConfig mail", mailboxes, (value) => ({ mailboxes: value })),
    ).catch((reason) => reason);
    expect(pulumi.InputPropertiesError.isInstance(error)).toBe(true);
    expect(error.message).toMatch(
      /^HostConfig mail can't be made, one property must be corrected:\n {2}mailboxes\[0\]\.passwordHash: got /,
    );
    expect(error.message).not.toContain("wonderland");
  });
});

/** What an output comes to, or the error it fails with. */
function settled<T>(output: pulumi.Output<T>): Promise<T> {
  const inner = output as unknown as {
    promise(): Promise<T>;
    isKnown: Promise<boolean>;
    isSecret: Promise<boolean>;
    allResources(): Promise<unknown>;
  };
  // An output is several promises, and each of them fails.
  for (const promise of [inner.isKnown, inner.isSecret, inner.allResources()]) promise.catch(() => {});
  return inner.promise();
}
