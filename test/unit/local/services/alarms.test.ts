import { describe, expect, it } from "vitest";
import { type AlarmConfig, evaluate } from "../../../../local/services/alarms";

const minute = 60_000;
const now = 1_800_000_000_000;
const alarm: AlarmConfig = {
  comparisonOperator: "GreaterThanThreshold",
  threshold: 85,
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 3,
};
const at = (...values: (number | undefined)[]) =>
  values.flatMap((value, ago) => (value === undefined ? [] : [{ time: now - ago * minute, value }]));
const state = (change: AlarmConfig, data: ReturnType<typeof at>, declared = 0) =>
  evaluate({ ...alarm, ...change }, data, now, declared);

describe("the state of an alarm", () => {
  it("is ALARM when all its periods breach the threshold, or as many as are wanted", () => {
    expect(state({}, at(86, 87, 88))).toBe("ALARM");
    expect(state({}, at(86, 85, 88))).toBe("OK");
    expect(state({ datapointsToAlarm: 2 }, at(86, 85, 88))).toBe("ALARM");
    expect(state({}, at(86, 87, 0, 88))).toBe("OK");
  });

  it("treats missing data as it is told to", () => {
    expect(state({ treatMissingData: "breaching" }, [])).toBe("ALARM");
    expect(state({ treatMissingData: "breaching" }, at(1))).toBe("OK");
    expect(state({ treatMissingData: "notBreaching" }, [])).toBe("OK");
    expect(state({ treatMissingData: "missing" }, [])).toBe("INSUFFICIENT_DATA");
  });

  it("misses nothing from before it was declared", () => {
    const silent = { treatMissingData: "breaching" };
    expect(state(silent, [], now - 2 * minute)).toBe("OK");
    expect(state(silent, [], now - 3 * minute)).toBe("ALARM");
    expect(state(silent, [], now - 1)).toBe("INSUFFICIENT_DATA");
  });

  it.each([
    ["GreaterThanOrEqualToThreshold", [84, 85, 86], ["OK", "ALARM", "ALARM"]],
    ["GreaterThanThreshold", [84, 85, 86], ["OK", "OK", "ALARM"]],
    ["LessThanThreshold", [84, 85, 86], ["ALARM", "OK", "OK"]],
    ["LessThanOrEqualToThreshold", [84, 85, 86], ["ALARM", "ALARM", "OK"]],
  ])("compares by %s", (comparisonOperator, values, states) => {
    expect(values.map((value) => state({ comparisonOperator, evaluationPeriods: 1 }, at(value)))).toEqual(
      states,
    );
  });

  it.each([
    ["SampleCount", 3],
    ["Sum", 12],
    ["Average", 4],
    ["Minimum", 1],
    ["Maximum", 6],
  ])("is of the %s in a period", (statistic, value) => {
    const data = [1, 5, 6].map((each) => ({ time: now, value: each }));
    const of = (threshold: number) =>
      state(
        { statistic, threshold, comparisonOperator: "GreaterThanOrEqualToThreshold", evaluationPeriods: 1 },
        data,
      );
    expect([of(value), of(value + 1)]).toEqual(["ALARM", "OK"]);
  });
});
