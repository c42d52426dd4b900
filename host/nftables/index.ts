import { type HostPart, part } from "../bundle";
import { asset, fill } from "../template";

const ruleset = asset(__dirname, "nftables.conf");

/** The host's own firewall. @param sshCidrs prefixes that may reach SSH */
export function renderNftables(sshCidrs: readonly string[]): HostPart {
  return part("nftables", {
    files: [
      {
        path: "/etc/nftables.conf",
        content: fill(ruleset, { ssh: sshCidrs.map(sshRule).join("") }),
        mode: "0755",
        owner: "root:root",
      },
    ],
    checks: [["nft", "--check", "--file", "/etc/nftables.conf"]],
    services: [{ unit: "nftables.service", onChange: "reload" }],
  });
}

function sshRule(cidr: string): string {
  return `\t\t${cidr.includes(":") ? "ip6" : "ip"} saddr ${cidr} tcp dport 22 accept\n`;
}
