import { describe, expect, it } from "vitest";
import { alarmStates } from "../../../../local/alarm-states";
import { openMetrics } from "../../../../local/services/monitoring";
import { openServices } from "./support/service";

const disk = {
  name: "disk",
  namespace: "Mailserver",
  metricName: "DiskUsedPercent",
  dimensions: { Host: "mx1.example.test" },
  statistic: "Maximum",
  comparisonOperator: "GreaterThanThreshold",
  threshold: 85,
  period: 300,
  evaluationPeriods: 1,
  alarmActions: ["arn:aws:sns:us-east-1:123456789012:mail"],
};

describe("CloudWatch refuses an alarm", () => {
  it.each([
    [{ comparisonOperator: "GreaterThan" }, "is none of GreaterThanOrEqualToThreshold"],
    [{ period: 45 }, "is neither 10, 20, 30 nor a multiple of 60 seconds"],
    [{ statistic: "Max" }, "is none of SampleCount, Average, Sum, Minimum, Maximum"],
    [{ treatMissingData: "alarm" }, "is none of breaching, notBreaching, ignore, missing"],
    [{ evaluationPeriods: 0 }, "is outside 1 to"],
    [{ datapointsToAlarm: 2 }, "2 of 1 periods can't be"],
    [{ evaluationPeriods: 300 }, "are more than the 86400 s"],
    [{ namespace: "a:b" }, "without a colon"],
    [
      { alarmActions: ["arn:aws:sns:eu-west-1:123456789012:mail"] },
      "is not the ARN of an SNS topic in us-east-1",
    ],
    [{ extendedStatistic: "p99" }, "extendedStatistic"],
  ])("with %j", async (change, says) => {
    await expect(openServices().create("MetricAlarm", { ...disk, ...change })).rejects.toThrow(says);
  });

  it("without what an alarm on one metric needs, which the SDK's types do not ask for", async () => {
    const { metricName: _, period: __, ...rest } = disk;
    await expect(openServices().create("MetricAlarm", rest)).rejects.toThrow(
      /metricName: is required of an alarm on one metric\nperiod: is required/,
    );
  });

  it("whose name is taken", async () => {
    const { create } = openServices();
    await create("MetricAlarm", disk);
    await expect(create("MetricAlarm", disk)).rejects.toThrow("ResourceConflict");
  });
});

describe("an alarm", () => {
  it("follows its metric, takes a change in place, and is gone when it is deleted", async () => {
    const { create, update, remove, cloud } = openServices();
    const alarm = await create("MetricAlarm", disk);
    const metrics = openMetrics();
    const now = Date.now() + 1000;
    const state = () => alarmStates(cloud.store, metrics, now);
    expect(state()).toEqual([{ name: "disk", state: "INSUFFICIENT_DATA" }]);
    metrics.put("Mailserver", "DiskUsedPercent", { Host: "mx2.example.test" }, { time: now, value: 99 });
    expect(state()).toEqual([{ name: "disk", state: "INSUFFICIENT_DATA" }]);
    metrics.put("Mailserver", "DiskUsedPercent", disk.dimensions, { time: now, value: 86 });
    expect(state()).toEqual([{ name: "disk", state: "ALARM" }]);
    const changed = await update(alarm, { ...disk, threshold: 90 });
    expect(state()).toEqual([{ name: "disk", state: "OK" }]);
    await remove(changed);
    expect(state()).toEqual([]);
  });
});
