import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderVolume } from "../../../host/volume";
import { describePython } from "./support/python";

describe("the data volume", () => {
  const device = "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0";

  it("is another part of the bundle once it has grown, which has the running host use the room", () => {
    const [before, after] = [20, 40].map((size) => renderVolume(device, size));
    expect(after).not.toEqual(before);
    expect(after?.prepare).toContainEqual(["resize2fs", device]);
    // To restart it would stop every service that needs it.
    expect(after?.services.map(({ onChange }) => onChange)).toEqual(["wait"]);
  });
});

describePython("the program that mounts the data volume", join(__dirname, "volume"));
