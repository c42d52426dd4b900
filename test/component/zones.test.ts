import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { lookUpZones } from "../../components";

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: () => {
      throw new Error("a zone is looked up before anything is declared");
    },
    call: ({ token, inputs }) => {
      expect(token).toBe("cloudflare:index/getZone:getZone");
      const { name } = inputs.filter;
      if (name !== "example.org") throw refusal(token);
      return { zoneId: "zone-org", name };
    },
  }),
);

describe("zones", () => {
  it("are looked up by their names", async () => {
    const zoneId = await lookUpZones([{ name: "example.org", key: "mailserver:domains[0].name" }]);
    expect(zoneId("example.org")).toBe("zone-org");
  });

  it("that do not exist are all named in one message, with the keys they come from", async () => {
    const looked = lookUpZones([
      { name: "example.org", key: "mailserver:domains[0].name" },
      { name: "example.net", key: "mailserver:domains[1].zone" },
      { name: "example.com", key: "mailserver:hostZone" },
    ]);
    await expect(looked).rejects.toThrow(pulumi.RunError);
    await expect(looked).rejects.toThrow(
      [
        "Zones of this stack were not found at Cloudflare:",
        '  mailserver:domains[1].zone: got "example.net", failed to find exactly one result',
        '  mailserver:hostZone: got "example.com", failed to find exactly one result',
        "Add each zone to the account, correct its key, or give the API token the permissions Zone:Read and DNS:Edit for it.",
      ].join("\n"),
    );
  });
});

/** What the SDK takes from the engine when a function of a provider fails. */
function refusal(token: string): Error {
  const details = `invocation of ${token} returned an error: failed to find exactly one result`;
  return Object.assign(new Error(details), { details });
}
