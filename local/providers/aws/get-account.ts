import type * as aws from "@pulumi/aws";
import type { Cloud } from "../cloud";
import { func } from "../resource";
import { list, notEmulated, text } from "../shape";
import { availabilityZones, region } from "./common";

export function getAvailabilityZones(cloud: Cloud) {
  const { account } = cloud;
  return func<aws.GetAvailabilityZonesArgs, aws.GetAvailabilityZonesResult>({
    inputs: {
      allAvailabilityZones: notEmulated,
      excludeNames: list(text()),
      excludeZoneIds: list(text()),
      filters: notEmulated,
      region: region(cloud),
      state: text({ oneOf: ["available"] }),
    },
    run: async ({ excludeNames = [], excludeZoneIds = [], state }) => {
      const zones = availabilityZones(account).filter(
        ({ name, id }) => !excludeNames.includes(name) && !excludeZoneIds.includes(id),
      );
      return {
        excludeNames: [...excludeNames],
        excludeZoneIds: [...excludeZoneIds],
        groupNames: [account.region],
        id: account.region,
        names: zones.map(({ name }) => name),
        region: account.region,
        state,
        zoneIds: zones.map(({ id }) => id),
      };
    },
  });
}

export function getRegion(cloud: Cloud) {
  const { account } = cloud;
  return func<aws.GetRegionArgs, aws.GetRegionResult>({
    inputs: { endpoint: notEmulated, id: notEmulated, name: region(cloud), region: region(cloud) },
    run: async () => ({
      description: account.region,
      endpoint: `ec2.${account.region}.amazonaws.com`,
      id: account.region,
      name: account.region,
      region: account.region,
    }),
  });
}

export function getCallerIdentity({ account }: Cloud) {
  return func<aws.GetCallerIdentityArgs, aws.GetCallerIdentityResult>({
    inputs: { id: notEmulated },
    run: async () => ({
      accountId: account.id,
      arn: `arn:aws:iam::${account.id}:user/local`,
      id: account.id,
      userId: "AIDALOCALCLOUD0000000",
    }),
  });
}
