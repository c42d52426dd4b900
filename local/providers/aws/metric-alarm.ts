import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { Problem } from "../check";
import type { Cloud } from "../cloud";
import { type Draft, resource, ServiceError } from "../resource";
import { known } from "../rules";
import { flag, integer, list, map, notEmulated, text } from "../shape";
import { existing, region, tagOutputs, tags } from "./common";

/** An alarm on one metric. Its id is its name. */
export function metricAlarm(cloud: Cloud) {
  const { store, account } = cloud;
  const actions = list(text({ problem: actionProblem(account.region) }), { unordered: true, max: 5 });
  return resource<cloudwatch.MetricAlarmArgs, cloudwatch.MetricAlarm>({
    inputs: {
      actionsEnabled: flag({ default: true }),
      alarmActions: actions,
      alarmDescription: text({ problem: longest(1024) }),
      comparisonOperator: text({ oneOf: comparisonOperators }),
      datapointsToAlarm: integer({ min: 1 }),
      dimensions: map(text({ problem: longest(1024) })),
      evaluateLowSampleCountPercentiles: notEmulated,
      evaluationCriteria: notEmulated,
      evaluationInterval: notEmulated,
      evaluationPeriods: integer({ min: 1 }),
      extendedStatistic: notEmulated,
      insufficientDataActions: actions,
      metricName: text({ problem: longest(255) }),
      metricQueries: notEmulated,
      name: text({ replaces: true, problem: longest(255) }),
      namespace: text({ problem: namespaceProblem }),
      okActions: actions,
      period: integer({ problem: periodProblem }),
      region: region(cloud),
      statistic: text({ oneOf: statistics }),
      tags,
      threshold: integer(),
      thresholdMetricId: notEmulated,
      treatMissingData: text({ default: "missing", oneOf: missingData }),
      unit: notEmulated,
      warmUpConfiguration: notEmulated,
    },
    rules: (inputs) => [...required(inputs), ...evaluationProblems(inputs)],
    autoname: { property: "name" },
    create: async (config) => {
      const id = config.name ?? "";
      if (store.get("metricAlarm", id))
        throw new ServiceError("ResourceConflict", `there is an alarm ${id} already; choose another name`);
      store.put("metricAlarm", id, { config, facts: { updated: Date.now() } });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("metricAlarm", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      store.put("metricAlarm", id, { config, facts: { updated: Date.now() } });
      return describe(id);
    },
    delete: async (id) => store.remove("metricAlarm", id),
  });

  function describe(id: string) {
    const { config } = existing(store.get("metricAlarm", id), "ResourceNotFound", "alarm", id);
    return {
      ...tagOutputs(config),
      region: account.region,
      actionsEnabled: config.actionsEnabled,
      alarmActions: config.alarmActions,
      alarmDescription: config.alarmDescription,
      arn: `arn:aws:cloudwatch:${account.region}:${account.id}:alarm:${id}`,
      comparisonOperator: config.comparisonOperator,
      datapointsToAlarm: config.datapointsToAlarm,
      dimensions: config.dimensions,
      evaluateLowSampleCountPercentiles: "",
      evaluationCriteria: undefined,
      evaluationInterval: undefined,
      evaluationPeriods: config.evaluationPeriods,
      extendedStatistic: undefined,
      insufficientDataActions: config.insufficientDataActions,
      metricName: config.metricName,
      metricQueries: undefined,
      name: id,
      namespace: config.namespace,
      okActions: config.okActions,
      period: config.period,
      statistic: config.statistic,
      threshold: config.threshold,
      thresholdMetricId: undefined,
      treatMissingData: config.treatMissingData,
      unit: undefined,
      warmUpConfiguration: undefined,
    };
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const comparisonOperators = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
];
const statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];
const missingData = ["breaching", "notBreaching", "ignore", "missing"];

function longest(characters: number) {
  return (value: string) =>
    value.length < 1 || value.length > characters ? `has not 1 to ${characters} characters` : undefined;
}

function namespaceProblem(value: string): string | undefined {
  return /^[^:]{1,255}$/.test(value) ? undefined : "has not 1 to 255 characters without a colon";
}

function periodProblem(seconds: number): string | undefined {
  return [10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0)
    ? undefined
    : "is neither 10, 20, 30 nor a multiple of 60 seconds";
}

/** Of all actions the local cloud knows topics alone, which it tells nothing. */
function actionProblem(region: string) {
  return (arn: string) =>
    new RegExp(`^arn:aws:sns:${region}:\\d{12}:[A-Za-z0-9_-]{1,256}$`).test(arn)
      ? undefined
      : `is not the ARN of an SNS topic in ${region}`;
}

/** An alarm on one metric needs each; the SDK's types can't say so, because one on an expression has none of them. */
function required(inputs: Draft<cloudwatch.MetricAlarmArgs>): Problem[] {
  const wanted = [
    ...(["comparisonOperator", "evaluationPeriods", "metricName"] as const),
    ...(["namespace", "period", "statistic", "threshold"] as const),
  ];
  return wanted
    .filter((property) => inputs[property] === undefined)
    .map((property) => ({ property, reason: "is required of an alarm on one metric" }));
}

function evaluationProblems(inputs: Draft<cloudwatch.MetricAlarmArgs>): Problem[] {
  const periods = known(inputs.evaluationPeriods);
  const datapoints = known(inputs.datapointsToAlarm);
  const period = known(inputs.period);
  const problems: Problem[] = [];
  if (periods !== undefined && datapoints !== undefined && datapoints > periods)
    problems.push({ property: "datapointsToAlarm", reason: `${datapoints} of ${periods} periods can't be` });
  // A day; of periods of an hour and more, a week.
  const limit = period !== undefined && period >= 3600 ? 7 * 86_400 : 86_400;
  if (periods !== undefined && period !== undefined && periods * period > limit)
    problems.push({
      property: "evaluationPeriods",
      reason: `${periods} periods of ${period} s are more than the ${limit} s that CloudWatch looks back`,
    });
  return problems;
}
