import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ruleset } from "../../../../local/network/ruleset";
import type { SecurityRule, Topology } from "../../../../local/world";

const anywhere = "0.0.0.0/0";
const mailHost: Topology["interfaces"][number] = {
  instanceId: "i-0a1b2c3d4e5f60718",
  privateIp: "10.0.1.10",
  subnetCidr: "10.0.1.0/24",
  vpcCidr: "10.0.0.0/16",
  mac: "06:00:00:00:00:01",
  internet: true,
  ipv6: { address: "2001:db8:c000:1::25", vpcCidr: "2001:db8:c000::/56", internet: true },
  rules: [
    { direction: "ingress", protocol: "tcp", fromPort: 25, toPort: 25, cidr: anywhere },
    { direction: "ingress", protocol: "tcp", fromPort: 25, toPort: 25, cidr: "::/0" },
    { direction: "ingress", protocol: "udp", fromPort: 5000, toPort: 5010, cidr: "198.51.100.0/24" },
    { direction: "ingress", protocol: "icmp", fromPort: 8, toPort: -1, cidr: anywhere },
    { direction: "ingress", protocol: "icmpv6", fromPort: 2, toPort: 0, cidr: "::/0" },
    { direction: "egress", protocol: "-1", cidr: anywhere },
    { direction: "egress", protocol: "tcp", fromPort: 443, toPort: 443, cidr: "2001:db8::/64" },
  ],
};
const topology: Topology = {
  interfaces: [mailHost],
  addresses: [{ publicIp: "203.0.113.130", privateIp: "10.0.1.10" }, { publicIp: "203.0.113.131" }],
  outboundPort25: "blocked",
};

describe("the network's rules", () => {
  it("for one machine with an Elastic IP and an IPv6 address are those of ruleset.nft", async () => {
    await expect(ruleset(topology)).toMatchFileSnapshot("ruleset.nft");
  });
});

describe("a machine's security groups", () => {
  const machine = fc.record({
    instanceId: fc.stringMatching(/^i-[0-9a-f]{17}$/),
    privateIp: fc.integer({ min: 4, max: 250 }).map((host) => `10.0.1.${host}`),
    subnetCidr: fc.constant("10.0.1.0/24"),
    vpcCidr: fc.constant("10.0.0.0/16"),
    mac: fc.constant("06:00:00:00:00:01"),
    internet: fc.boolean(),
    ipv6: fc.option(
      fc.record({
        address: fc.integer({ min: 4, max: 0xffff }).map((host) => `2001:db8:c000:1::${host.toString(16)}`),
        vpcCidr: fc.constant("2001:db8:c000::/56"),
        internet: fc.boolean(),
      }),
      { nil: undefined },
    ),
    rules: fc.array(rule()),
  });
  const machines = fc.uniqueArray(machine, { maxLength: 4, selector: ({ privateIp }) => privateIp });

  it("allow what a rule names, and nothing else", () => {
    fc.assert(
      fc.property(machines, (interfaces) => {
        const text = ruleset({ interfaces, addresses: [], outboundPort25: "open" });
        for (const { instanceId, ipv6, rules } of interfaces) {
          for (const family of ipv6 ? (["ip", "ip6"] as const) : (["ip"] as const)) {
            for (const direction of ["ingress", "egress"] as const) {
              const lines = chainLines(text, `${direction}-v-${instanceId.slice(-12)}`, family);
              expect(lines.at(-1)).toBe("drop");
              const wanted = rules.filter((rule) => rule.direction === direction && isOf(rule, family));
              expect(new Set(lines.slice(0, -1).map((line) => parse(line, family)))).toEqual(
                new Set(wanted.map(normal)),
              );
            }
          }
        }
      }),
    );
  });

  it("are not asked about a machine that the network does not have", () => {
    fc.assert(
      fc.property(machines, (interfaces) => {
        const text = ruleset({ interfaces, addresses: [], outboundPort25: "open" });
        for (const family of ["ip", "ip6"] as const) {
          for (const hook of ["input", "forward"])
            expect(chainLines(text, hook, family)[0]).toMatch(/policy drop;$/);
          for (const dispatch of ["ingress", "egress"])
            expect(chainLines(text, dispatch, family).at(-1)).toBe("drop");
        }
      }),
    );
  });
});

describe("the way to the internet", () => {
  it("needs an Elastic IP and a route", () => {
    const toInternet = /oifname "up0".* (snat|accept)/;
    const ipv4Only = (text: string) => tableOf(text, "ip");
    const without = [
      { ...topology, addresses: [] },
      { ...topology, addresses: [{ publicIp: "203.0.113.130" }] },
      { ...topology, interfaces: [{ ...mailHost, internet: false }] },
    ];
    expect(ipv4Only(ruleset(topology))).toMatch(toInternet);
    for (const lacking of without) expect(ipv4Only(ruleset(lacking))).not.toMatch(toInternet);
  });

  it("needs an IPv6 address and a route for it, and ends with the route for what is under way, too", () => {
    const accepted = /(iif|oif)name "up0".* accept/;
    const ended = /iifname "up0" drop\n.*oifname "up0" drop\n\s+ct state established/;
    const { ipv6, ...ipv4Host } = mailHost;
    const without = [ipv4Host, ipv6 ? { ...mailHost, ipv6: { ...ipv6, internet: false } } : mailHost];
    expect(tableOf(ruleset(topology), "ip6")).toMatch(accepted);
    expect(tableOf(ruleset(topology), "ip6")).not.toMatch(ended);
    for (const host of without) {
      const text = tableOf(ruleset({ ...topology, interfaces: [host] }), "ip6");
      expect(text).not.toMatch(accepted);
      expect(text).toMatch(ended);
    }
  });

  it("is closed for port 25 while the account is blocked, and open after", () => {
    const drop = /tcp dport 25 counter name dropped drop/;
    expect(ruleset({ ...topology, outboundPort25: "blocked" })).toMatch(drop);
    expect(ruleset({ ...topology, outboundPort25: "open" })).not.toMatch(drop);
  });
});

function rule(): fc.Arbitrary<SecurityRule> {
  const direction = fc.constantFrom("ingress" as const, "egress" as const);
  const ipv4 = [anywhere, "10.0.0.0/16", "198.51.100.0/24", "192.0.2.7/32"];
  const cidr = fc.constantFrom(...ipv4, "::/0", "2001:db8::/32", "2001:db8:c000:1::7/128");
  const port = fc.integer({ min: 0, max: 65535 });
  const ports = fc.tuple(port, port).map(([a, b]) => ({ fromPort: Math.min(a, b), toPort: Math.max(a, b) }));
  return fc.oneof(
    fc
      .record({ direction, cidr, protocol: fc.constantFrom("tcp" as const, "udp" as const), ports })
      .map(({ ports, ...rest }) => ({ ...rest, ...ports })),
    fc.record({ direction, cidr, protocol: fc.constant("-1" as const) }),
    fc.record({
      direction,
      cidr,
      protocol: fc.constantFrom("icmp" as const, "icmpv6" as const),
      fromPort: fc.integer({ min: -1, max: 40 }),
      toPort: fc.constant(-1),
    }),
  );
}

/** Whether a rule has to do with an address family. */
function isOf({ protocol, cidr }: SecurityRule, family: "ip" | "ip6"): boolean {
  const other = family === "ip" ? "icmpv6" : "icmp";
  return protocol !== other && cidr.includes(":") === (family === "ip6");
}

/** One way to write down a rule, to compare by. */
function normal({ protocol, cidr, fromPort = -1, toPort = -1 }: SecurityRule): string {
  const ports =
    protocol === "-1" || fromPort === -1
      ? "any"
      : protocol.startsWith("icmp")
        ? fromPort
        : `${fromPort}-${toPort}`;
  return `${cidr} ${protocol} ${ports}`;
}

/** Reads an nftables rule back, independently of how it was written. */
function parse(line: string, family: "ip" | "ip6"): string {
  const words = line
    .replace(/ ?(accept|return)$/, "")
    .replace("ct original ip daddr", "ip daddr")
    .split(" ");
  let cidr = family === "ip" ? anywhere : "::/0";
  let protocol = "-1";
  let ports = "any";
  while (words.length > 0 && words[0] !== "") {
    const [key, field, value = ""] = words.splice(0, 3);
    if (key === family) cidr = value;
    else if (key === "meta" && field === "l4proto") protocol = value;
    else if ((key === "tcp" || key === "udp") && field === "dport") {
      protocol = key;
      ports = value.includes("-") ? value : `${value}-${value}`;
    } else if ((key === "icmp" || key === "icmpv6") && field === "type") {
      protocol = key;
      ports = value;
    } else throw new Error(`what is ${line}?`);
  }
  return `${cidr} ${protocol} ${ports}`;
}

function tableOf(text: string, family: "ip" | "ip6"): string {
  return text.split(`\ntable ${family} security {\n`)[1]?.split(/^\}\n/m)[0] ?? "";
}

function chainLines(text: string, name: string, family: "ip" | "ip6"): string[] {
  const body = tableOf(text, family).split(`  chain ${name} {\n`)[1]?.split("\n  }\n")[0] ?? "";
  return body.split("\n").map((line) => line.trim());
}
