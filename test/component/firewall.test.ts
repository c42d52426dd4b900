import { describe, expect, it } from "vitest";
import { Firewall } from "../../components";
import { mockEngine, type Registered, registered } from "./support/mocks";

async function rulesOf(sshCidrs?: readonly string[], metricsCidrs?: readonly string[]) {
  const engine = await mockEngine();
  new Firewall("mail", { securityGroupId: "sg-0123456789abcdef0", sshCidrs, metricsCidrs });
  await registered();
  return {
    ingress: engine.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(line).sort(),
    egress: engine.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").map(line).sort(),
  };
}

function line({ inputs }: Registered): string {
  const { ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6, securityGroupId } = inputs;
  expect(securityGroupId).toBe("sg-0123456789abcdef0");
  expect([cidrIpv4, cidrIpv6].filter(Boolean)).toHaveLength(1);
  if (ipProtocol === "tcp" || ipProtocol === "udp") expect(fromPort).toBe(toPort);
  const what = fromPort === toPort ? fromPort : `${fromPort}/${toPort}`;
  return `${ipProtocol} ${what} ${cidrIpv4 ?? cidrIpv6}`;
}

const both = (...ports: string[]) => ports.flatMap((port) => [`${port} 0.0.0.0/0`, `${port} ::/0`]).sort();

describe("the firewall", () => {
  it("lets in what mail needs on both address families, and SSH from nowhere", async () => {
    const { ingress } = await rulesOf();
    const ports = both("tcp 25", "tcp 465", "tcp 587", "tcp 993", "tcp 4190", "tcp 80", "tcp 443");
    expect(ingress.filter((rule) => !rule.startsWith("icmp"))).toEqual(ports);
  });

  it("lets in word of packets that are too big, so that path MTU discovery works", async () => {
    const { ingress } = await rulesOf();
    expect(ingress.filter((rule) => rule.startsWith("icmp"))).toEqual([
      "icmp 3/4 0.0.0.0/0",
      "icmpv6 2/0 ::/0",
    ]);
  });

  it("lets out DNS, and the web for packages, the bundle and certificates", async () => {
    const { egress } = await rulesOf();
    const web = egress.filter((rule) => !rule.startsWith("tcp 25 "));
    expect(web).toEqual(both("udp 53", "tcp 53", "tcp 80", "tcp 443"));
  });

  it("lets out mail over IPv4 only, because no IPv6 address has the reverse name that receivers want", async () => {
    const { egress } = await rulesOf();
    expect(egress.filter((rule) => rule.startsWith("tcp 25 "))).toEqual(["tcp 25 0.0.0.0/0"]);
  });

  it("lets in SSH from the given networks of either family", async () => {
    const { ingress } = await rulesOf(["192.0.2.0/24", "2001:db8::/32"]);
    expect(ingress.filter((rule) => rule.startsWith("tcp 22 "))).toEqual([
      "tcp 22 192.0.2.0/24",
      "tcp 22 2001:db8::/32",
    ]);
  });

  it("lets in who reads the metrics from the given networks, and nobody without any", async () => {
    const rules = async (cidrs?: readonly string[]) => (await rulesOf(undefined, cidrs)).ingress;
    const metrics = (all: readonly string[]) => all.filter((rule) => rule.startsWith("tcp 9443 "));
    expect(metrics(await rules())).toEqual([]);
    expect(metrics(await rules(["192.0.2.0/24", "2001:db8::/32"]))).toEqual([
      "tcp 9443 192.0.2.0/24",
      "tcp 9443 2001:db8::/32",
    ]);
  });

  it.each([[["any"]], [["192.0.2.1/24"]], [["192.0.2.0/24", "192.0.2.0/24"]]])(
    "refuses SSH from %j",
    async (cidrs) => {
      await mockEngine();
      expect(
        () => new Firewall("mail", { securityGroupId: "sg-0123456789abcdef0", sshCidrs: cidrs }),
      ).toThrow(/sshCidrs\[\d\]: got /);
    },
  );
});
