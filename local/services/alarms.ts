import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { Plain } from "../providers/plain";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What was measured, in the form in which CloudWatch keeps it. */
export interface Datum {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

export type AlarmConfig = Plain<cloudwatch.MetricAlarmArgs>;

/**
 * The state of an alarm on the data of its metric
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html, "Evaluating an alarm").
 * Periods end now, where CloudWatch has them end at whole minutes: a test need not wait for one.
 *
 * @param data of the metric with the alarm's dimensions
 * @param declared when the alarm was declared: before that nothing is missing
 */
export function evaluate(
  alarm: AlarmConfig,
  data: readonly Datum[],
  now: number,
  declared: number,
): AlarmState {
  const { evaluationPeriods = 1, datapointsToAlarm = evaluationPeriods, period = 60 } = alarm;
  const length = period * 1000;
  const known = Array.from({ length: evaluationPeriods }, (_, i) => {
    const end = now - i * length;
    const within = data.filter(({ time }) => time > end - length && time <= end);
    if (within.length > 0) return breaches(alarm, statistic(alarm.statistic, within));
    return end - length < declared ? undefined : missing(alarm.treatMissingData);
  });
  const judged = known.filter((breach) => breach !== undefined);
  if (judged.filter(Boolean).length >= datapointsToAlarm) return "ALARM";
  return judged.length === 0 ? "INSUFFICIENT_DATA" : "OK";
}

/** @returns undefined where the alarm keeps its state or has none; a state that is kept is not emulated */
function missing(treatment = "missing"): boolean | undefined {
  return { breaching: true, notBreaching: false }[treatment];
}

function statistic(name: string | undefined, data: readonly Datum[]): number {
  const values = data.map(({ value }) => value);
  const sum = values.reduce((a, b) => a + b, 0);
  switch (name) {
    case "SampleCount":
      return values.length;
    case "Sum":
      return sum;
    case "Minimum":
      return Math.min(...values);
    case "Maximum":
      return Math.max(...values);
    default:
      return sum / values.length;
  }
}

function breaches({ comparisonOperator, threshold = 0 }: AlarmConfig, value: number): boolean {
  switch (comparisonOperator) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanThreshold":
      return value < threshold;
    default:
      return value <= threshold;
  }
}
