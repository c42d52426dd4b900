import { type HostPart, part } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { metricsPort } from "../nginx/metrics";
import { forwardingPorts } from "../postsrsd";
import { asset, fill } from "../template";

const ruleset = asset(__dirname, "nftables.conf");

/** The host's own firewall. @param host `sshCidrs` may reach SSH, `metricsCidrs` the metrics */
export function renderNftables(host: Pick<HostDeclaration, "sshCidrs" | "metricsCidrs">): HostPart {
  const { sshCidrs = [], metricsCidrs = [] } = host;
  return part("nftables", {
    files: [
      {
        path: "/etc/nftables.conf",
        content: fill(ruleset, {
          ssh: sshCidrs.map((cidr) => openTo(cidr, 22)).join(""),
          metrics: metricsCidrs.map((cidr) => openTo(cidr, metricsPort)).join(""),
          forwarding: forwardingPorts.join(", "),
        }),
        mode: "0755",
        owner: "root:root",
      },
    ],
    checks: [["nft", "--check", "--file", "/etc/nftables.conf"]],
    services: [{ unit: "nftables.service", onChange: "reload" }],
  });
}

function openTo(cidr: string, port: number): string {
  return `\t\t${cidr.includes(":") ? "ip6" : "ip"} saddr ${cidr} tcp dport ${port} accept\n`;
}
