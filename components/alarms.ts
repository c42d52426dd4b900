import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { metricsNamespace } from "../host";
import { check } from "./check";
import { judged, known, refuse } from "./problems";

export interface HostAlarmsArgs {
  readonly hostname: string;
  readonly instanceId: pulumi.Input<string>;
  /** The ARN of the SNS topic, in the same region, that is told when an alarm goes off, and when it is over. */
  readonly alarmTopic: pulumi.Input<string>;
}

/** CloudWatch alarms of a mail host: what stops mail, or is about to. */
export class HostAlarms extends pulumi.ComponentResource {
  constructor(name: string, args: HostAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = `HostAlarms ${name}`;
    refuse(component, check({ alarmTopic: known(args.alarmTopic) }));
    super("pulumi-mailserver:index:HostAlarms", name, args, opts);
    const { hostname, instanceId } = args;
    const alarmTopic = judged(
      component,
      { arn: args.alarmTopic, region: getRegionOutput({}, { parent: this }).region },
      ({ arn, region }) => ({ alarmTopic: arn, region }),
    ).arn;
    const alarm = (role: string, what: string, settings: MetricAlarmArgs) =>
      new MetricAlarm(
        `${name}-${role}`,
        {
          alarmDescription: `${hostname}: ${what}`,
          alarmActions: [alarmTopic],
          okActions: [alarmTopic],
          ...settings,
        },
        { parent: this },
      );
    const ofHost = { namespace: metricsNamespace, dimensions: { Host: hostname }, period: 300 };
    /** What a silent host would say is not known: `silent` tells of that, and the others stay as they are. */
    const value = { ...ofHost, evaluationPeriods: 1, treatMissingData: "ignore" };

    alarm("status-check", "the machine or what is under it does not work", {
      namespace: "AWS/EC2",
      metricName: "StatusCheckFailed",
      dimensions: { InstanceId: instanceId },
      statistic: "Maximum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      period: 60,
      // A machine that boots has no checks for some minutes.
      evaluationPeriods: 5,
      // Of a machine that is off nothing is told.
      treatMissingData: "breaching",
    });
    alarm("silent", "the host has said nothing of itself for a quarter of an hour", {
      ...ofHost,
      metricName: "DiskUsedPercent",
      statistic: "SampleCount",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 3,
      treatMissingData: "breaching",
    });
    alarm("disk", "a disk is full to more than 85 %", {
      ...value,
      metricName: "DiskUsedPercent",
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 85,
    });
    alarm("queue", "mail has waited for more than four hours", {
      ...value,
      metricName: "QueueOldestSeconds",
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 4 * 3600,
    });
    alarm("certificate", "the host's certificate ends within ten days and was not renewed", {
      ...value,
      metricName: "CertificateDaysLeft",
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 10,
    });
    this.registerOutputs({});
  }
}
