import { afterAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { local } from "./support/server";

interface Alarm {
  readonly name: string;
  readonly state: string;
}

async function alarms(): Promise<Map<string, string>> {
  const { stdout } = await local.local(["status", "--json"]);
  const all = JSON.parse(stdout).alarms as Alarm[];
  return new Map(all.map(({ name, state }) => [name.replace(/^mail-(.+)-[0-9a-f]+$/, "$1"), state]));
}

const observe = async () => {
  const { code } = await local.on("mx1", ["systemctl", "start", "mailserver-watch.service"]);
  expect(code, (await local.on("mx1", ["journalctl", "-u", "mailserver-watch", "-n", "20"])).stdout).toBe(0);
};

const ballast = "/srv/mailserver/ballast";
afterAll(() => local.on("mx1", ["rm", "-f", ballast]));

describe("CloudWatch alarms", () => {
  it("are fed by the host, and none is raised of a host that is well", async () => {
    await observe();
    const states = await eventually(alarms, (now) => [...now.values()].every((state) => state === "OK"));
    expect([...states.keys()].sort()).toEqual(["certificate", "disk", "queue", "silent", "status-check"]);
  });

  it("go off when a disk is full", async () => {
    const fill = `avail=$(df --output=size -B1 /srv/mailserver | tail -1); fallocate -l $((avail * 87 / 100)) ${ballast}`;
    const filled = await local.on("mx1", ["sh", "-ec", fill]);
    expect(filled.code, filled.stderr).toBe(0);
    await observe();
    await local.on("mx1", ["rm", "-f", ballast]);
    expect((await alarms()).get("disk")).toBe("ALARM");
    expect((await alarms()).get("queue")).toBe("OK");
  });

  it("take numbers of the host's own namespace alone: its role may write to no other", async () => {
    const put = (namespace: string) =>
      local.on("mx1", [
        ...[
          "env",
          "PYTHONPATH=/usr/local/lib/mailserver/watch:/usr/local/lib/mailserver/agent",
          "python3",
          "-B",
          "-c",
        ],
        `import cloudwatch, measures, settings; cloudwatch.put(${JSON.stringify(namespace)}, "mx1.example.test", measures.take(settings.load()))`,
      ]);
    const taken = await put("Mailserver");
    expect(taken.code, taken.stderr).toBe(0);
    const refused = await put("Other");
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain("CloudWatch: 403: AccessDenied");
  });
});
