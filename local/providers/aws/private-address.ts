import type { Cloud } from "../cloud";
import { ServiceError } from "../resource";
import { addresses } from "./cidr";

/**
 * An address of the subnet that no instance has: the one asked for, or the next. The first four and the last are
 * EC2's own (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html).
 */
export function takePrivateAddress({ store }: Cloud, subnetId: string, wanted: string | undefined): string {
  const cidr = store.get("subnet", subnetId)?.facts.cidr ?? "";
  const taken = new Set(store.all("instance").map(([, { facts }]) => facts.privateIp));
  for (const address of addresses(cidr, 4, 1))
    if (wanted === undefined ? !taken.has(address) : address === wanted) {
      if (!taken.has(address)) return address;
      throw new ServiceError(
        "InvalidIPAddress.InUse",
        `Address ${address} is in use. Choose another, or leave it out`,
      );
    }
  if (wanted !== undefined)
    throw new ServiceError(
      "InvalidParameterValue",
      `Address ${wanted} does not fall within the free part of ${cidr}, the prefix of ${subnetId}, less its first four addresses and its last`,
    );
  throw new ServiceError(
    "InsufficientFreeAddressesInSubnet",
    `There are not enough free addresses in subnet '${subnetId}'`,
  );
}
