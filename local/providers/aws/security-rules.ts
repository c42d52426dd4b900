/** The protocols that the local cloud's packet filter knows, by the names EC2 takes; -1 is all of them. */
export const protocols = ["tcp", "udp", "icmp", "icmpv6", "-1"];

/** -1 is every ICMP type or code. */
export function portsProblem(port: number): string | undefined {
  return port < -1 || port > 65535 ? "is no port: 0 to 65535, or -1 for all of ICMP" : undefined;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export function descriptionProblem(text: string): string | undefined {
  const allowed = /^[\w .:/()#,@[\]+=&;{}!$*-]*$/;
  return allowed.test(text) && text.length <= 255
    ? undefined
    : "has other characters than a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*, or more than 255";
}
