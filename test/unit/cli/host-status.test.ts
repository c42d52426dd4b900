import { describe, expect, it } from "vitest";
import { hostStatus } from "../../../cli/host-status";
import type { Session } from "../../../cli/session";
import type { StackOutputs } from "../../../cli/stack";

const outputs = { instanceId: "i-1", bucket: "b", statusKey: "hosts/mx1/status.json" } as StackOutputs;
const reported = { state: "ready", updated: "2026-01-01T12:00:00+00:00" };

function session(on: string | undefined): Session {
  const control = {
    machine: async (id: string) =>
      on === undefined || id !== "i-1" ? undefined : { leader: 1, console: "/c", since: on },
    object: async () => Buffer.from(JSON.stringify(reported)),
  };
  return { control } as unknown as Session;
}

describe("what a host has reported", () => {
  it("counts if it is from its present life", async () => {
    expect(await hostStatus(session("2026-01-01T11:59:57.200Z"), outputs)).toEqual(reported);
  });

  it("is not about a machine that was switched on since, as one of another type is", async () => {
    expect(await hostStatus(session("2026-01-01T12:00:09.000Z"), outputs)).toBeUndefined();
  });

  it("is not about a machine that is off", async () => {
    expect(await hostStatus(session(undefined), outputs)).toBeUndefined();
  });
});
