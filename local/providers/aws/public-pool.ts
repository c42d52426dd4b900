import type { Cloud } from "../cloud";
import { ServiceError } from "../resource";
import { addresses } from "./cidr";

/** The next public address that nobody has. */
export function takePublicAddress({ store, account }: Cloud): string {
  const taken = new Set([
    ...store.all("address").map(([, { facts }]) => facts.publicIp),
    ...store.all("instance").map(([, { facts }]) => facts.launchIp),
  ]);
  for (const address of addresses(account.publicPool, 1, 1)) if (!taken.has(address)) return address;
  throw new ServiceError("InsufficientAddressCapacity", `all addresses of ${account.publicPool} are in use`);
}

/** The name that EC2 gives an address: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html */
export function publicDnsName(region: string, address: string): string {
  const domain = region === "us-east-1" ? "compute-1" : `${region}.compute`;
  return `ec2-${address.replaceAll(".", "-")}.${domain}.amazonaws.com`;
}

export function privateDnsName(region: string, address: string): string {
  const domain = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${address.replaceAll(".", "-")}.${domain}`;
}
