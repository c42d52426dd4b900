import { describe, expect, it } from "vitest";
import { HostAlarms, MailHost } from "../../components";
import { mockEngine, registered } from "./support/mocks";

const alarmTopic = "arn:aws:sns:eu-central-1:123456789012:mail";
const args = { hostname: "mx1.example.org", instanceId: "i-0123456789abcdef0", alarmTopic };

async function alarms() {
  const engine = await mockEngine();
  new HostAlarms("mail", args);
  await registered();
  return new Map(
    engine.all("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name, inputs }) => [name, inputs] as const),
  );
}

describe("the alarms of a host", () => {
  it("tell the topic of each fault, and of its end", async () => {
    const all = await alarms();
    expect([...all.keys()].sort()).toEqual(
      ["certificate", "disk", "queue", "silent", "status-check"].map((role) => `mail-${role}`),
    );
    for (const { alarmActions, okActions } of all.values())
      expect([alarmActions, okActions]).toEqual([[alarmTopic], [alarmTopic]]);
  });

  it("take a host that says nothing for a fault, once: the others wait for what it says next", async () => {
    const all = await alarms();
    const treatment = (role: string) => all.get(`mail-${role}`)?.treatMissingData;
    expect(["silent", "status-check"].map(treatment)).toEqual(["breaching", "breaching"]);
    expect(["disk", "queue", "certificate"].map(treatment)).toEqual(["ignore", "ignore", "ignore"]);
  });

  it("are about this machine and this host", async () => {
    const all = await alarms();
    expect(all.get("mail-status-check")?.dimensions).toEqual({ InstanceId: args.instanceId });
    expect(all.get("mail-disk")?.dimensions).toEqual({ Host: "mx1.example.org" });
  });

  it("refuse a topic that is none", async () => {
    await mockEngine();
    expect(() => new HostAlarms("mail", { ...args, alarmTopic: "mail" })).toThrow(/alarmTopic: got "mail"/);
  });
});

describe("the host's role", () => {
  const policies = async (alarms?: boolean) => {
    const engine = await mockEngine();
    new MailHost("mail", { hostname: "mx1.example.org", alarms });
    await registered();
    return engine
      .all("aws:iam/rolePolicy:RolePolicy")
      .flatMap(({ inputs }) => JSON.parse(String(inputs.policy)).Statement as { Action: string }[]);
  };

  it("may put metrics into one namespace when there are alarms, and none without", async () => {
    expect((await policies()).map(({ Action }) => Action)).toEqual(["s3:GetObject", "s3:PutObject"]);
    expect((await policies(true)).find(({ Action }) => Action.startsWith("cloudwatch"))).toEqual({
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": "Mailserver" } },
    });
  });
});
