import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import { func } from "../resource";
import { text } from "../shape";
import { availabilityZones, region } from "./common";
import { filters } from "./filters";
import { isInstanceType, isOffered } from "./instance-types";

/** Which zones have an instance of a type. */
export function getInstanceTypeOfferings(cloud: Cloud) {
  const { account } = cloud;
  return func<ec2.GetInstanceTypeOfferingsArgs, ec2.GetInstanceTypeOfferingsResult>({
    inputs: {
      filters: filters(["instance-type"]),
      // Of the others nothing is known here.
      locationType: text({ required: true, oneOf: ["availability-zone"] }),
      region: region(cloud),
    },
    run: async (args) => {
      const types = (args.filters ?? []).flatMap(({ values }) => values).filter(isInstanceType);
      const offers = availabilityZones(account).flatMap(({ name }) =>
        types.filter((type) => isOffered(type, name)).map((type) => ({ type, name })),
      );
      return {
        filters: args.filters,
        id: account.region,
        instanceTypes: offers.map(({ type }) => type),
        locationType: args.locationType,
        locationTypes: offers.map(() => "availability-zone"),
        locations: offers.map(({ name }) => name),
        region: account.region,
      };
    },
  });
}
