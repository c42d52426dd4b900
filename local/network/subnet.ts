export interface Subnet {
  readonly network: string;
  readonly prefixLength: number;
  readonly netmask: string;
  /** The first host address, as in every subnet of a VPC. */
  readonly gateway: string;
}

/** Takes apart an IPv4 prefix, for example `10.0.1.0/24`. */
export function subnet(cidr: string): Subnet {
  const [address = "", length = ""] = cidr.split("/");
  const prefixLength = Number(length);
  const mask = 2 ** 32 - 2 ** (32 - prefixLength);
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  // Not with bit operators: those have signed results.
  const network = number - (number % 2 ** (32 - prefixLength));
  return { network: dotted(network), prefixLength, netmask: dotted(mask), gateway: dotted(network + 1) };
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
