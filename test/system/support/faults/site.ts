import { join } from "node:path";
import { openSession } from "../../../../cli/session";
import { openAuthority } from "../../../../local/authority";
import { KnotDns } from "../../../../local/internet/dns";
import { internetState } from "../../../../local/internet/state";
import { locateCloud } from "../../../../local/locate";
import { enterCommand } from "../../../../local/machines/nspawn";
import { run } from "../../../../local/run";
import { type Cloud, root } from "../cloud";

/** Name and type of record sets, and their data in presentation format; none takes the set away. */
export type Records = Readonly<Record<string, readonly string[]>>;

/** A running local stack whose DNS and host a test may spoil, and put right again. */
export interface Site {
  /** The mail host's public address. */
  readonly address: string;
  /** The domain's DKIM record for RSA, in presentation format. */
  readonly dkim: string;
  /** Makes record sets of the simulated internet's DNS what they should be; @returns what puts them back. */
  zone(changes: Records): Promise<() => Promise<void>>;
  /** Runs a script as root on the mail host. @throws unless it succeeds */
  host(script: string): Promise<void>;
  /** A certificate that everybody on the simulated internet trusts. */
  certificate(...names: string[]): Promise<{ readonly certPem: string; readonly keyPem: string }>;
}

export async function openSite(local: Cloud, address: string): Promise<Site> {
  const context = locateCloud(root, local.name);
  const session = await openSession(context);
  const peer = await session.control.machine("internet");
  if (!peer) throw new Error("The internet machine is not on.");
  const dns = await KnotDns.open(internetState(context).knot, {}, () => ({
    exec: (argv, options) => run(enterCommand(peer.leader, argv), options),
  }));
  const authority = await openAuthority(join(context.dir, "authority"));

  const present = async (name: string, type: string) => {
    const { stdout } = await local.internet([
      "dig",
      "@ns1.test",
      "+noall",
      "+answer",
      "+norecurse",
      name,
      type,
    ]);
    const line = new RegExp(`^\\S+\\s+\\d+\\s+IN\\s+${type}\\s+(.*)$`, "gm");
    return [...stdout.matchAll(line)].map(([, data = ""]) => data);
  };
  const set = async (changes: Records) => {
    await Promise.all(
      Object.entries(changes).map(([key, data]) => {
        const [name = "", type = ""] = key.split(" ");
        return dns.set(zoneOf(name), name, type, 60, data);
      }),
    );
  };
  const [dkim = ""] = await present("rsa1._domainkey.example.test", "TXT");
  return {
    address,
    dkim,
    zone: async (changes) => {
      const before = await Promise.all(
        Object.keys(changes).map(async (key) => {
          const [name = "", type = ""] = key.split(" ");
          return [key, await present(name, type)] as const;
        }),
      );
      await set(changes);
      return () => set(Object.fromEntries(before));
    },
    host: async (script) => {
      const { code, stdout, stderr } = await local.on("mx1", ["sh", "-euc", script]);
      if (code !== 0) throw new Error(`${script}\n${stdout}${stderr}`);
    },
    certificate: (...names) => authority.issue(names),
  };
}

function zoneOf(name: string): string {
  if (name.endsWith(".in-addr.arpa")) return "113.0.203.in-addr.arpa";
  const labels = name.split(".");
  const zone = labels.slice(-2).join(".");
  return ["example.test", "peer.test"].includes(zone) ? zone : "test";
}
