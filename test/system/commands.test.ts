import { describe, expect, it } from "vitest";
import { shared as local } from "./support/shared";

describe("npm run local", () => {
  it("runs a command of this machine as a stranger on the simulated internet", async () => {
    const { code, stdout, stderr } = await local.local([
      ...["exec", "internet", "--", "swaks", "--quit-after", "RCPT"],
      ...["--to", "alice@example.test", "--from", "someone@stranger.test"],
    ]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^<- {2}250 2\.1\.5/m);
  });

  it("runs a command on the host, as root, with what is typed for its input", async () => {
    const { code, stdout } = await local.local(["exec", "mx1", "--", "sh", "-c", "hostname; id -un; cat"], {
      input: "typed",
    });
    expect(code).toBe(0);
    expect(stdout).toBe("mx1.example.test\nroot\ntyped");
  });

  it("ends as the command does, and says which machine is not there", async () => {
    expect((await local.local(["exec", "mx1", "--", "sh", "-c", "exit 7"])).code).toBe(7);
    const { code, stderr } = await local.local(["exec", "mx2", "--", "true"]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/No machine mx2 is on/);
  });
});
