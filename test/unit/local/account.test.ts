import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../local/account";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "account-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = (machinesBoot = true) => LocalAccount.open(join(dir, "state", "account.json"), machinesBoot);

describe("the account of a local cloud", () => {
  it("starts with no zones, no images, and outbound port 25 open", () => {
    expect(open()).toMatchObject({ zones: [], images: [], outboundPort25: "open" });
  });

  it("is the same after a restart", () => {
    const account = open();
    account.addZone("example.test");
    account.addZone("example.test");
    account.outboundPort25 = "blocked";
    account.addImage("/images/one", "x86_64");
    const again = open();
    expect(again).toMatchObject({ zones: ["example.test"], outboundPort25: "blocked" });
    expect(again.images).toEqual(account.images);
  });

  it("knows what is special about a zone, and that it stays so", () => {
    const account = open();
    account.addZone("example.test");
    account.addZone("plain.test", { unsigned: true });
    account.addZone("other.test", { account: "two" });
    account.setDs("other.test", ["1 13 2 AB"]);
    account.addZone("other.test");
    expect(open().zoneSettings).toMatchObject({
      "example.test": {},
      "plain.test": { unsigned: true },
      "other.test": { account: "two", ds: ["1 13 2 AB"] },
    });
    expect(() => account.addZone("example.test", { unsigned: true })).toThrow("stands otherwise");
    expect(() => account.addZone("other.test", { account: "three" })).toThrow("stands otherwise");
  });

  it("offers its images as Debian's on AWS, and keeps the old ones for the machines that boot from them", () => {
    const account = open();
    account.addImage("/images/one", "x86_64");
    account.addImage("/images/two", "x86_64");
    account.addImage("/images/one", "x86_64");
    expect(account.images).toHaveLength(2);
    for (const image of account.images) {
      expect(image).toMatchObject({ owner: "136693071363", architecture: "x86_64" });
      expect(image.id).toMatch(/^ami-[0-9a-f]{17}$/);
      expect(image.name).toMatch(/^debian-13-amd64-\d{8}-\d{4}$/);
    }
    const [one, two] = account.images;
    expect(account.imageRoots).toEqual(
      new Map([
        [one?.id, "/images/one"],
        [two?.id, "/images/two"],
      ]),
    );
  });

  it("is not opened the other way round: what never booted can't be taken for a machine", () => {
    open(false).addZone("example.test");
    expect(() => open(true)).toThrow('its machines do not boot. Remove it with "down" first');
  });
});
