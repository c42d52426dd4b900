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
  rules: [
    { direction: "ingress", protocol: "tcp", fromPort: 25, toPort: 25, cidr: anywhere },
    { direction: "ingress", protocol: "tcp", fromPort: 25, toPort: 25, cidr: "::/0" },
    { direction: "ingress", protocol: "udp", fromPort: 5000, toPort: 5010, cidr: "198.51.100.0/24" },
    { direction: "ingress", protocol: "icmp", fromPort: 8, toPort: -1, cidr: anywhere },
    { direction: "egress", protocol: "-1", cidr: anywhere },
  ],
};
const topology: Topology = {
  interfaces: [mailHost],
  addresses: [{ publicIp: "203.0.113.130", privateIp: "10.0.1.10" }, { publicIp: "203.0.113.131" }],
  outboundPort25: "blocked",
};

describe("the network's rules", () => {
  it("for one machine with an Elastic IP are those of ruleset.nft", async () => {
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
    rules: fc.array(rule()),
  });
  const machines = fc.uniqueArray(machine, { maxLength: 4, selector: ({ privateIp }) => privateIp });

  it("allow what a rule names, and nothing else", () => {
    fc.assert(
      fc.property(machines, (interfaces) => {
        const text = ruleset({ interfaces, addresses: [], outboundPort25: "open" });
        for (const { instanceId, rules } of interfaces) {
          for (const direction of ["ingress", "egress"] as const) {
            const lines = chainLines(text, `${direction}-v-${instanceId.slice(-12)}`);
            expect(lines.at(-1)).toBe("drop");
            const wanted = rules.filter((rule) => rule.direction === direction && !rule.cidr.includes(":"));
            expect(new Set(lines.slice(0, -1).map(parse))).toEqual(new Set(wanted.map(normal)));
          }
        }
      }),
    );
  });

  it("are not asked about a machine that the network does not have", () => {
    fc.assert(
      fc.property(machines, (interfaces) => {
        const text = ruleset({ interfaces, addresses: [], outboundPort25: "open" });
        for (const hook of ["input", "forward"]) expect(chainLines(text, hook)[0]).toMatch(/policy drop;$/);
        for (const dispatch of ["ingress", "egress"]) expect(chainLines(text, dispatch).at(-1)).toBe("drop");
      }),
    );
  });
});

describe("the way to the internet", () => {
  it("needs an Elastic IP and a route", () => {
    const toInternet = /oifname "up0"/;
    const without = [
      { ...topology, addresses: [] },
      { ...topology, addresses: [{ publicIp: "203.0.113.130" }] },
      { ...topology, interfaces: [{ ...mailHost, internet: false }] },
    ];
    expect(ruleset({ ...topology, outboundPort25: "open" })).toMatch(toInternet);
    for (const lacking of without)
      expect(ruleset({ ...lacking, outboundPort25: "open" })).not.toMatch(toInternet);
  });

  it("is closed for port 25 while the account is blocked, and open after", () => {
    const drop = /tcp dport 25 counter name dropped drop/;
    expect(ruleset({ ...topology, outboundPort25: "blocked" })).toMatch(drop);
    expect(ruleset({ ...topology, outboundPort25: "open" })).not.toMatch(drop);
  });
});

function rule(): fc.Arbitrary<SecurityRule> {
  const direction = fc.constantFrom("ingress" as const, "egress" as const);
  const cidr = fc.constantFrom(anywhere, "::/0", "10.0.0.0/16", "198.51.100.0/24", "192.0.2.7/32");
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
      protocol: fc.constant("icmp" as const),
      fromPort: fc.integer({ min: -1, max: 40 }),
      toPort: fc.constant(-1),
    }),
  );
}

/** One way to write down a rule, to compare by. */
function normal({ protocol, cidr, fromPort = -1, toPort = -1 }: SecurityRule): string {
  const ports =
    protocol === "-1" || fromPort === -1 ? "any" : protocol === "icmp" ? fromPort : `${fromPort}-${toPort}`;
  return `${cidr} ${protocol} ${ports}`;
}

/** Reads an nftables rule back, independently of how it was written. */
function parse(line: string): string {
  const words = line
    .replace(/ ?(accept|return)$/, "")
    .replace("ct original ip daddr", "ip daddr")
    .split(" ");
  let cidr = anywhere;
  let protocol = "-1";
  let ports = "any";
  while (words.length > 0 && words[0] !== "") {
    const [key, field, value = ""] = words.splice(0, 3);
    if (key === "ip") cidr = value;
    else if (key === "meta" && field === "l4proto") protocol = value;
    else if ((key === "tcp" || key === "udp") && field === "dport") {
      protocol = key;
      ports = value.includes("-") ? value : `${value}-${value}`;
    } else if (key === "icmp" && field === "type") {
      protocol = "icmp";
      ports = value;
    } else throw new Error(`what is ${line}?`);
  }
  return `${cidr} ${protocol} ${ports}`;
}

function chainLines(text: string, name: string): string[] {
  const body = text.split(`  chain ${name} {\n`)[1]?.split("\n  }\n")[0] ?? "";
  return body.split("\n").map((line) => line.trim());
}
