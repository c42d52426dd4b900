import type * as ec2 from "@pulumi/aws/ec2";
import type { CatalogueImage } from "../../world";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { func } from "../resource";
import { flag, list, notEmulated, text } from "../shape";
import { region } from "./common";
import { filters, matches } from "./filters";

/** Finds an image in the catalogue. */
export function getAmi(cloud: Cloud) {
  const { account } = cloud;
  return func<ec2.GetAmiArgs, ec2.GetAmiResult>({
    inputs: {
      allowUnsafeFilter: notEmulated,
      executableUsers: notEmulated,
      filters: filters(filterable),
      includeDeprecated: flag(),
      mostRecent: flag(),
      nameRegex: text({ problem: regexProblem }),
      owners: list(text({ problem: ownerProblem }), { min: 1 }),
      region: region(cloud),
      tags: notEmulated,
      uefiData: notEmulated,
    },
    run: async (args) => {
      const found = account.images
        .filter((image) => !args.owners || args.owners.includes(image.owner))
        .filter((image) => !args.nameRegex || new RegExp(args.nameRegex).test(image.name))
        .filter((image) => matches(args.filters, attributes(image)))
        .sort((a, b) => b.created.localeCompare(a.created));
      const [image] = found;
      if (!image)
        throw new Error(
          "Your query returned no results. Please change your search criteria and try again: the local cloud has " +
            account.images.map(({ name, owner }) => `${name} of owner ${owner}`).join(", "),
        );
      if (found.length > 1 && !args.mostRecent)
        throw new Error(
          "Your query returned more than one result. Please try a more specific search criteria, or set mostRecent to true.",
        );
      return result(cloud, args, image);
    },
  });
}

const filterable = [
  "architecture",
  "creation-date",
  "image-id",
  "image-type",
  "is-public",
  "name",
  "owner-id",
  "root-device-type",
  "state",
  "virtualization-type",
] as const;

function attributes(image: CatalogueImage): Record<(typeof filterable)[number], string> {
  return {
    architecture: image.architecture,
    "creation-date": image.created,
    "image-id": image.id,
    "image-type": "machine",
    "is-public": "true",
    name: image.name,
    "owner-id": image.owner,
    "root-device-type": "ebs",
    state: "available",
    "virtualization-type": "hvm",
  };
}

function result(
  { account }: Cloud,
  args: Plain<ec2.GetAmiArgs>,
  image: CatalogueImage,
): Plain<ec2.GetAmiResult> {
  return {
    architecture: image.architecture,
    arn: `arn:aws:ec2:${account.region}::image/${image.id}`,
    blockDeviceMappings: [],
    bootMode: "uefi-preferred",
    creationDate: image.created,
    deprecationTime: "",
    description: image.name,
    enaSupport: true,
    filters: args.filters,
    hypervisor: "xen",
    id: image.id,
    imageId: image.id,
    imageLocation: `${image.owner}/${image.name}`,
    imageOwnerAlias: "",
    imageType: "machine",
    imdsSupport: "",
    includeDeprecated: args.includeDeprecated,
    kernelId: "",
    lastLaunchedTime: "",
    mostRecent: args.mostRecent,
    name: image.name,
    nameRegex: args.nameRegex,
    ownerId: image.owner,
    owners: args.owners,
    platform: "",
    platformDetails: "Linux/UNIX",
    productCodes: [],
    public: true,
    ramdiskId: "",
    region: account.region,
    rootDeviceName: "/dev/xvda",
    rootDeviceType: "ebs",
    rootSnapshotId: "",
    sriovNetSupport: "simple",
    state: "available",
    stateReason: { code: "UNSET", message: "UNSET" },
    tags: {},
    tpmSupport: "",
    usageOperation: "RunInstances",
    virtualizationType: "hvm",
  };
}

function ownerProblem(owner: string): string | undefined {
  return /^\d{12}$/.test(owner)
    ? undefined
    : 'is not an account number of 12 digits; Debian\'s is "136693071363"';
}

function regexProblem(text: string): string | undefined {
  try {
    new RegExp(text);
    return undefined;
  } catch {
    return "is no regular expression";
  }
}
