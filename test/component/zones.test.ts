import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { lookUpZones } from "../../components";

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: () => {
      throw new Error("a zone is looked up before anything is declared");
    },
    call: ({ token, inputs }) => {
      if (token === "cloudflare:index/getDnsRecords:getDnsRecords")
        return { results: [{ ...webSite, comment: null, priority: null }] };
      expect(token).toBe("cloudflare:index/getZone:getZone");
      const { name } = inputs.filter;
      if (name !== "example.org") throw refusal(token);
      return { zoneId: "zone-org", name };
    },
  }),
);

describe("zones", () => {
  it("are looked up by their names, and what they hold", async () => {
    const { at, contents } = await lookUpZones([{ name: "example.org", key: "mailserver:domains[0].name" }]);
    expect(at("example.org")).toEqual({ zoneId: "zone-org" });
    expect(contents.at("zone-org", "www.example.org")).toEqual([{ ...webSite, zoneId: "zone-org" }]);
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

const webSite = {
  id: "0123456789abcdef",
  name: "www.example.org",
  type: "A",
  ttl: 1,
  content: "192.0.2.80",
  priority: undefined,
  proxied: true,
  comment: "",
  createdOn: "2026-01-01T00:00:00Z",
};

/** What the SDK takes from the engine when a function of a provider fails. */
function refusal(token: string): Error {
  const details = `invocation of ${token} returned an error: failed to find exactly one result`;
  return Object.assign(new Error(details), { details });
}
