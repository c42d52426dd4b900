import { expect, it } from "vitest";
import { subnet } from "../../../../local/network/subnet";

it.each([
  ["10.0.1.0/24", { network: "10.0.1.0", prefixLength: 24, netmask: "255.255.255.0", gateway: "10.0.1.1" }],
  [
    "10.0.0.64/28",
    { network: "10.0.0.64", prefixLength: 28, netmask: "255.255.255.240", gateway: "10.0.0.65" },
  ],
  [
    "172.31.0.0/16",
    { network: "172.31.0.0", prefixLength: 16, netmask: "255.255.0.0", gateway: "172.31.0.1" },
  ],
  [
    "192.168.200.200/20",
    { network: "192.168.192.0", prefixLength: 20, netmask: "255.255.240.0", gateway: "192.168.192.1" },
  ],
])("the subnet %s has its gateway at its first host address", (cidr, expected) => {
  expect(subnet(cidr)).toEqual(expected);
});
