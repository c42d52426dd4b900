import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAuthority } from "../../local/authority";
import { clear } from "../../local/clear";
import { internet } from "../../local/context";
import { ensureImage } from "../../local/images/build";
import { debian13 } from "../../local/images/debian13";
import { locateCloud } from "../../local/locate";
import { type CloudMachines, openMachines } from "../../local/machines/machines";
import { openVolumes } from "../../local/machines/volumes";
import { runIn } from "../../local/network/command";
import { createNamespaces } from "../../local/network/namespaces";
import { type CloudNetwork, openNetwork } from "../../local/network/network";
import { uplink } from "../../local/network/ports";
import { program } from "../../local/program";
import { type RunResult, run } from "../../local/run";
import { openObjects } from "../../local/services/objects";
import type { MachineSpec, SecurityRule, Topology } from "../../local/world";
import { eventually } from "./support/cloud";
import type { CloudSetup } from "./support/services";

/** The local cloud below the providers: two machines of a bare image, told what to be by hand. */
const checkout = realpathSync(mkdtempSync(join(tmpdir(), "cloud-test-")));
const context = locateCloud(checkout, "machines");
const region = "eu-central-1";
const imageId = "ami-0123456789abcdef0";
const anywhere = "0.0.0.0/0";
const elasticIp = "203.0.113.130";
const egress: SecurityRule = { direction: "egress", protocol: "-1", cidr: anywhere };
const web: SecurityRule = {
  direction: "ingress",
  protocol: "tcp",
  fromPort: 8080,
  toPort: 8080,
  cidr: anywhere,
};

const egress6: SecurityRule = { ...egress, cidr: "::/0" };
const web6: SecurityRule = { ...web, cidr: "::/0" };
const vpcIpv6Cidr = "2001:db8:c000::/56";

const first: MachineSpec = {
  ...machineSpec("i-0aaaaaaaaaaaaaaa1", "10.0.1.10"),
  ipv6: { address: "2001:db8:c000:1::10", subnetCidr: "2001:db8:c000:1::/64" },
};
/** It is given an IPv6 address while it runs. */
const second = machineSpec("i-0bbbbbbbbbbbbbbb2", "10.0.2.20");
const bucket = "bundles";

function machineSpec(id: string, privateIp: string): MachineSpec {
  const [a, b, c, d] = privateIp.split(".");
  return {
    id,
    imageId,
    privateIp,
    subnetCidr: `${a}.${b}.${c}.0/24`,
    mac: `06:00:00:00:0${c}:${d}`,
    memoryMiB: 1024,
  };
}

let network: CloudNetwork;
let machines: CloudMachines;
const volumes = openVolumes(context);
const objects = openObjects(join(context.dir, "objects"));
const children: ChildProcess[] = [];

/** A process of the test that belongs to the cloud, in one of its namespaces; resolves at its first message or line. */
async function inside(netns: string, command: readonly [string, ...string[]]): Promise<ChildProcess> {
  const cgroup = join(context.cgroup, "test");
  await mkdir(cgroup, { recursive: true });
  const script = 'echo $$ >"$1/cgroup.procs"; shift; exec nsenter "$@"';
  const child = spawn(
    "sh",
    ["-euc", script, "inside", cgroup, `--net=/run/netns/${netns}`, "--", ...command],
    {
      stdio: ["pipe", "pipe", "inherit", "ipc"],
    },
  );
  children.push(child);
  const said = Promise.race([
    once(child, "message"),
    once(createInterface({ input: child.stdout as never }), "line"),
  ]);
  const ended = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`${command.join(" ")}: ended with ${code}`)),
  );
  await Promise.race([said, ended]);
  ended.catch(() => {});
  return child;
}

/** A server on the simulated internet that tells everybody the address it sees them under. */
function mirror(port: number, address: string = internet.stranger) {
  const script = `require("net").createServer(s => s.end(s.remoteAddress + "\\n")).listen(${port}, "${address}", () => console.log("listening"))`;
  return inside(context.netns.internet, [process.execPath, "-e", script]);
}

/** A command as a stranger on the simulated internet; any exit status is returned. */
function stranger(...command: [string, ...string[]]): Promise<RunResult> {
  return runIn(context.netns.internet, command, { accept: anyStatus });
}

async function on(spec: MachineSpec, script: string): Promise<RunResult> {
  const machine = await machines.find(spec.id);
  if (!machine) throw new Error(`${spec.id} is off`);
  return machine.exec(["bash", "-c", script], { accept: anyStatus });
}

const anyStatus = Array.from({ length: 256 }, (_, code) => code);
const fetchText = (url: string) => ["curl", "--silent", "--show-error", "--max-time", "2", url] as const;

function topology(
  change: Partial<Topology> & { rules?: readonly SecurityRule[]; secondRules?: readonly SecurityRule[] } = {},
) {
  const { rules = [egress], secondRules = [egress], ...rest } = change;
  const at = (spec: MachineSpec, own: readonly SecurityRule[]) => ({
    instanceId: spec.id,
    privateIp: spec.privateIp,
    subnetCidr: spec.subnetCidr,
    vpcCidr: "10.0.0.0/16",
    mac: spec.mac,
    internet: true,
    ...(spec.ipv6 ? { ipv6: { address: spec.ipv6.address, vpcCidr: vpcIpv6Cidr, internet: true } } : {}),
    rules: own,
  });
  return {
    interfaces: [at(first, rules), at(second, secondRules)],
    addresses: [{ publicIp: elasticIp, privateIp: first.privateIp }],
    outboundPort25: "blocked" as const,
    ...rest,
  };
}

function instance(spec: MachineSpec, hostname: string): CloudSetup["instances"][number] {
  return {
    instanceId: spec.id,
    imageId,
    instanceType: "t3.small",
    region,
    availabilityZone: `${region}a`,
    accountId: "123456789012",
    privateIp: spec.privateIp,
    mac: spec.mac,
    subnetId: "subnet-1",
    subnetCidr: spec.subnetCidr,
    vpcId: "vpc-1",
    vpcCidr: "10.0.0.0/16",
    ipv6: spec.ipv6 && { ...spec.ipv6, vpcCidr: vpcIpv6Cidr },
    securityGroups: ["group"],
    metadata: { enabled: true, tokensRequired: true, hopLimit: 1 },
    role: { name: "reader", profileArn: "arn:aws:iam::123456789012:instance-profile/reader" },
    userDataText: `#cloud-config
hostname: ${hostname}
write_files:
- path: /etc/from-user-data
  content: "${hostname} was here\\n"
runcmd:
- [systemd-run, --unit=web, python3, -m, http.server, --protocol, HTTP/1.1, --bind, "::", --directory, /etc, "8080"]
`,
  };
}

beforeAll(async () => {
  const image = await ensureImage(context.cacheDir, debian13);
  await clear(context);
  await createNamespaces(context);
  const authorityDir = join(context.dir, "authority");
  const authority = await openAuthority(authorityDir);
  await objects.createBucket(bucket);
  await objects.put(bucket, "hosts/one", Buffer.from("the bundle"));
  const setup: CloudSetup = {
    objectsDir: join(context.dir, "objects"),
    authorityDir,
    instances: [instance(first, "one"), instance(second, "two")],
    rolePolicies: {
      reader: [
        {
          Statement: [
            { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/hosts/*` },
          ],
        },
      ],
    },
    bucket,
    account: { id: "123456789012", region },
  };
  const services = program(join(__dirname, "support/services.ts"), JSON.stringify(setup));
  await inside(context.netns.cloud, services);
  await resolver();

  network = openNetwork(context);
  machines = openMachines(context, {
    images: new Map([[imageId, image]]),
    volumes,
    trust: () => authority.rootPem,
    files: () => [{ path: "/usr/share/dns/root.key", content: "a key of this cloud\n" }],
  });
  await volumes.create("vol-0000000000000000a", 1);
  await volumes.create("vol-0000000000000000b", 1);
  await network.apply(topology());
  await Promise.all([machines.start(first, ["vol-0000000000000000a"]), machines.start(second, [])]);
  await Promise.all([started(first), started(second)]);
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await machines?.close();
  await clear(context);
  await rm(checkout, { recursive: true });
});

/** Stands in for the internet machine's: everything below amazonaws.com is the object storage. */
async function resolver(): Promise<void> {
  await runIn(context.netns.internet, ["ip", "address", "add", `${internet.resolver}/32`, "dev", "inet0"]);
  const options = ["--no-resolv", "--no-hosts", "--bind-interfaces", `--listen-address=${internet.resolver}`];
  const answers = [`--address=/amazonaws.com/${internet.storage}`, "--address=/#/"];
  const command = [
    "dnsmasq",
    "--keep-in-foreground",
    "--conf-file=/dev/null",
    "--pid-file",
    "--user=root",
    ...options,
    ...answers,
  ];
  await inside(context.netns.internet, ["sh", "-c", 'echo starting; exec "$@"', "sh", ...command]);
}

async function started(spec: MachineSpec): Promise<void> {
  const state = await eventually(
    () => on(spec, "systemctl is-system-running --wait"),
    ({ stdout }) => !["", "offline"].includes(stdout.trim()),
  );
  expect(state.stdout.trim(), (await on(spec, "systemctl --failed")).stdout).toBe("running");
}

describe("a machine's first boot", () => {
  it("is cloud-init's on EC2: it finds the metadata service and does what the user data says", async () => {
    const { stdout } = await on(first, "cloud-init status --long; cat /etc/from-user-data; hostname");
    expect(stdout).toMatch(/^status: done$/m);
    expect(stdout).toMatch(/DataSourceEc2Local/);
    expect(stdout).toMatch(/^one was here$/m);
    expect(stdout).toMatch(/^one$/m);
  });

  it("gives it the files of the cloud, which packages do not overwrite", async () => {
    const read = "cat /usr/share/dns/root.key; dpkg --verify base-files";
    expect((await on(first, read)).stdout).toBe("a key of this cloud\n");
    expect((await on(first, "cat /etc/dpkg/dpkg.cfg.d/90_local_cloud")).stdout).toMatch(
      "path-exclude=/usr/share/dns/root.*",
    );
  });

  it("lets it be found by its id and by the name it gave itself", async () => {
    expect((await machines.find("two"))?.name).toBe(second.id);
    expect((await machines.find(second.id))?.name).toBe(second.id);
    expect(await machines.find("three")).toBeUndefined();
  });
});

describe("the metadata service", () => {
  it("tells each machine about itself, and only with a token", async () => {
    const script = `
curl -s -o /dev/null -w '%{http_code}\\n' http://169.254.169.254/latest/meta-data/instance-id
token=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
curl -s -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-id`;
    expect((await on(first, script)).stdout).toBe(`401\n${first.id}`);
    expect((await on(second, script)).stdout).toBe(`401\n${second.id}`);
  });
});

describe("the object storage", () => {
  const read = (key: string) => `
import json, ssl, urllib.request
def ask(url, **options):
    return urllib.request.urlopen(urllib.request.Request(url, **options), timeout=5).read().decode()
base = "http://169.254.169.254/latest/"
token = ask(base + "api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
role = json.loads(ask(base + "meta-data/iam/security-credentials/reader", headers={"X-aws-ec2-metadata-token": token}))
import subprocess
config = f'user = "{role["AccessKeyId"]}:{role["SecretAccessKey"]}"\\nheader = "x-amz-security-token: {role["Token"]}"\\n'
print(subprocess.run(["curl", "-sS", "-K", "-", "--aws-sigv4", "aws:amz:${region}:s3",
  "https://${bucket}.s3.${region}.amazonaws.com/${key}"], input=config, text=True, capture_output=True).stdout, end="")
`;
  const python = (script: string) => `python3 - <<'END'\n${script}\nEND`;

  it("is reached by its real name with a certificate that the machine trusts, and gives what the role may read", async () => {
    expect((await on(first, python(read("hosts/one")))).stdout).toBe("the bundle");
  });

  it("gives the role nothing else", async () => {
    expect((await on(first, python(read("others/one")))).stdout).toMatch(/<Code>AccessDenied<\/Code>/);
  });

  it("is trusted by programs that look for authorities in OpenSSL's folder, too", async () => {
    const script = `
import ssl, socket
context = ssl.create_default_context()
with context.wrap_socket(socket.create_connection(("${internet.storage}", 443)), server_hostname="s3.${region}.amazonaws.com"):
    print("trusted")`;
    expect((await on(first, python(script))).stdout).toBe("trusted\n");
  });

  it("is not reached without a way to the internet", async () => {
    expect((await on(second, `curl -sS --max-time 2 https://s3.${region}.amazonaws.com/`)).code).not.toBe(0);
  });
});

describe("an Elastic IP", () => {
  const url = `http://${elasticIp}:8080/from-user-data`;

  it("answers on no port that the security group does not open, and at once on one that it opens", async () => {
    expect((await stranger(...fetchText(url))).code).toBe(28);
    await network.apply(topology({ rules: [egress, web] }));
    expect((await stranger(...fetchText(url))).stdout).toMatch("one was here");
    expect((await stranger(...fetchText(`http://${elasticIp}:22/`))).code).toBe(28);
    await network.apply(topology({ rules: [egress, { ...web, cidr: "198.51.100.0/24" }] }));
    expect((await stranger(...fetchText(url))).code).toBe(28);
  });

  it("keeps a connection when its rule is revoked, and ends it when the address moves", async () => {
    await network.apply(topology({ rules: [egress, web], secondRules: [egress, web] }));
    const script = `
const socket = require("net").connect(8080, "${elasticIp}", () => console.log("connected"));
process.on("message", (path) => socket.write("GET " + path + " HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"));
socket.on("data", (data) => String(data).includes("200 OK") && process.send("answer"));`;
    const client = await inside(context.netns.internet, [process.execPath, "-e", script]);
    const ask = async () => {
      client.send("/from-user-data");
      const answer = once(client, "message", { signal: AbortSignal.timeout(3000) });
      return answer.then(() => "answer").catch(() => "silence");
    };
    expect(await ask()).toBe("answer");
    await network.apply(topology({ rules: [egress], secondRules: [egress, web] }));
    expect(await ask()).toBe("answer");
    await network.apply(
      topology({
        rules: [egress, web],
        secondRules: [egress, web],
        addresses: [{ publicIp: elasticIp, privateIp: second.privateIp }],
      }),
    );
    expect(await ask()).toBe("silence");
    expect((await stranger(...fetchText(url))).stdout).toMatch("two was here");
    await network.apply(topology());
  });

  it("is what others see of a machine; one without any reaches nobody", async () => {
    await mirror(7000);
    const ask = `curl -sS --http0.9 --max-time 2 http://${internet.stranger}:7000/`;
    expect((await on(first, ask)).stdout).toBe(`${elasticIp}\n`);
    expect((await on(second, ask)).code).not.toBe(0);
  });
});

describe("an IPv6 address", () => {
  const address = first.ipv6?.address ?? "";
  const url = `http://[${address}]:8080/from-user-data`;
  const hasAddress = (spec: MachineSpec, wanted: string) =>
    eventually(
      () => on(spec, "ip -6 -oneline address show dev ens5 scope global"),
      ({ stdout }) => stdout.includes(`${wanted}/128`),
    );

  it("is what the metadata service says, given by DHCPv6 though no security group speaks of it", async () => {
    await hasAddress(first, address);
    expect((await on(first, "cat /etc/systemd/network/10-cloud-init-*.network")).stdout).toMatch(
      /^DHCP=yes$/m,
    );
    expect((await on(first, "ip -6 route show default")).stdout).toMatch(/^default .*proto ra/m);
  });

  it("answers on no port that the security group does not open for IPv6, and at once on one that it opens", async () => {
    await network.apply(topology({ rules: [egress, web] }));
    expect((await stranger(...fetchText(url))).code).toBe(28);
    await network.apply(topology({ rules: [egress, web, web6] }));
    expect((await stranger(...fetchText(url))).stdout).toMatch("one was here");
    expect((await stranger(...fetchText(`http://[${address}]:22/`))).code).toBe(28);
    await network.apply(topology({ rules: [egress, { ...web6, cidr: "2001:db8:bad::/48" }] }));
    expect((await stranger(...fetchText(url))).code).toBe(28);
  });

  it("is what others see of the machine, if a security group lets it out", async () => {
    await mirror(7000, internet.ipv6.stranger);
    const ask = `curl -sS --http0.9 --max-time 2 http://[${internet.ipv6.stranger}]:7000/`;
    await network.apply(topology());
    expect((await on(first, ask)).code).not.toBe(0);
    await network.apply(topology({ rules: [egress, egress6] }));
    expect((await on(first, ask)).stdout).toBe(`${address}\n`);
  });

  it("reaches nobody and is reached by nobody without a route for ::/0", async () => {
    const open = topology({ rules: [egress, egress6, web6] });
    const interfaces = open.interfaces.map(({ ipv6, ...at }) =>
      ipv6 ? { ...at, ipv6: { ...ipv6, internet: false } } : at,
    );
    await network.apply({ ...open, interfaces });
    expect((await stranger(...fetchText(url))).code).toBe(28);
    const ask = `curl -sS --http0.9 --max-time 2 http://[${internet.ipv6.stranger}]:7000/`;
    expect((await on(first, ask)).code).not.toBe(0);
    await network.apply(open);
    expect((await stranger(...fetchText(url))).stdout).toMatch("one was here");
  });

  it("hears of packets that are too big for a link on the way, whatever the security group says", async () => {
    await network.apply(topology({ rules: [web6] }));
    const linkMtu = (mtu: number) =>
      runIn(context.netns.cloud, ["ip", "link", "set", uplink, "mtu", `${mtu}`]);
    await linkMtu(1300);
    try {
      const large = `http://[${address}]:8080/ssl/certs/ca-certificates.crt`;
      expect((await stranger(...fetchText(large))).stdout.length).toBeGreaterThan(100_000);
    } finally {
      await linkMtu(1500);
    }
  });

  it("is the only one that the machine can speak from", async () => {
    await network.apply(topology({ rules: [egress, egress6] }));
    const forged = "2001:db8:c000:1::99";
    const ask = `ip address add ${forged}/128 dev ens5 nodad
curl -sS --http0.9 --max-time 2 --interface ${forged} http://[${internet.ipv6.stranger}]:7000/ || echo refused
ip address del ${forged}/128 dev ens5`;
    expect((await on(first, ask)).stdout).toBe("refused\n");
  });

  it("is dropped and counted at outbound port 25 while the account is blocked", async () => {
    await mirror(25, internet.ipv6.stranger);
    const ask = `curl -sS --http0.9 --max-time 3 http://[${internet.ipv6.stranger}]:25/`;
    const before = await network.droppedPort25();
    expect((await on(first, ask)).code).not.toBe(0);
    expect(await network.droppedPort25()).toBeGreaterThan(before);
    await network.apply({ ...topology({ rules: [egress, egress6] }), outboundPort25: "open" });
    expect((await on(first, ask)).stdout).toBe(`${address}\n`);
  });

  it("comes to a machine while it runs, reaches others in the VPC, and goes again", async () => {
    const given = { address: "2001:db8:c000:2::20", subnetCidr: "2001:db8:c000:2::/64" };
    const now = { ...second, ipv6: given };
    await machines.readdress(now);
    const open = topology({ rules: [egress, { ...web6, cidr: vpcIpv6Cidr }] });
    const [one, two] = open.interfaces;
    if (!one || !two) throw new Error("there are two machines");
    const ipv6 = { address: given.address, vpcCidr: vpcIpv6Cidr, internet: false };
    await network.apply({ ...open, interfaces: [one, { ...two, ipv6, rules: [egress6] }] });
    await hasAddress(now, given.address);
    expect((await on(second, fetchText(url).join(" "))).stdout).toMatch("one was here");
    expect((await stranger(...fetchText(url))).code).toBe(28);

    await machines.readdress(second);
    await network.apply(topology({ rules: [egress, web6] }));
    expect((await on(second, fetchText(url).join(" "))).code).not.toBe(0);
    await network.apply(topology());
  });
});

describe("machines among each other", () => {
  const fromSecond = (address: string) =>
    on(second, fetchText(`http://${address}:8080/from-user-data`).join(" "));

  it("meet by private address if a security group lets them", async () => {
    await network.apply(topology());
    expect((await fromSecond(first.privateIp)).code).not.toBe(0);
    await network.apply(topology({ rules: [egress, { ...web, cidr: "10.0.2.0/24" }] }));
    expect((await fromSecond(first.privateIp)).stdout).toMatch("one was here");
    await network.apply(topology({ rules: [egress, web], secondRules: [] }));
    expect((await fromSecond(first.privateIp)).code).not.toBe(0);
  });

  it("are strangers to each other by Elastic IP", async () => {
    const addresses = [
      { publicIp: elasticIp, privateIp: first.privateIp },
      { publicIp: "203.0.113.131", privateIp: second.privateIp },
    ];
    await network.apply(topology({ addresses, rules: [egress, { ...web, cidr: "10.0.0.0/16" }] }));
    expect((await fromSecond(elasticIp)).code).not.toBe(0);
    await network.apply(topology({ addresses, rules: [egress, { ...web, cidr: "203.0.113.131/32" }] }));
    expect((await fromSecond(elasticIp)).stdout).toMatch("one was here");
    await network.apply(topology());
  });

  it("can't speak from another's address", async () => {
    const forged = `ip address add 10.0.1.99/24 dev ens5
curl -sS --max-time 2 --interface 10.0.1.99 http://169.254.169.254/latest/ || echo refused
ip address del 10.0.1.99/24 dev ens5`;
    expect((await on(first, forged)).stdout).toBe("refused\n");
  });
});

describe("outbound port 25", () => {
  it("is dropped and counted while the account is blocked, and goes through after", async () => {
    await mirror(25);
    const ask = `curl -sS --http0.9 --max-time 3 http://${internet.stranger}:25/`;
    await network.apply(topology());
    const before = await network.droppedPort25();
    expect((await on(first, ask)).code).not.toBe(0);
    expect(await network.droppedPort25()).toBeGreaterThan(before);
    await network.apply({ ...topology(), outboundPort25: "open" });
    expect((await on(first, ask)).stdout).toBe(`${elasticIp}\n`);
    await network.apply(topology());
    expect(await network.droppedPort25()).toBeGreaterThan(before);
  });
});

describe("the cloud's own router", () => {
  it("offers strangers the object storage and nothing else", async () => {
    await runIn(context.netns.internet, ["ip", "route", "add", "169.254.169.254", "via", internet.cloud]);
    await runIn(context.netns.internet, ["ip", "route", "add", "10.0.0.0/16", "via", internet.cloud]);
    await network.apply(topology({ rules: [egress, web] }));
    expect((await stranger(...fetchText("http://169.254.169.254/latest/"))).code).toBe(28);
    expect((await stranger(...fetchText(`http://${first.privateIp}:8080/`))).code).toBe(28);
    expect((await stranger(...fetchText(`http://${internet.cloud}/`))).code).toBe(28);
    const storage = await stranger(
      "curl",
      "-sS",
      "--insecure",
      "--max-time",
      "2",
      `https://${internet.storage}/`,
    );
    expect(storage.stdout).toMatch("<Code>NoSuchBucket</Code>");
    await network.apply(topology());
  });
});

describe("a volume", () => {
  const a = "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0000000000000000a";
  const b = "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0000000000000000b";

  it("attached before the boot is found by its id, and blank", async () => {
    expect((await on(first, `blkid --probe ${a}; echo $?; blockdev --getsize64 ${a}`)).stdout).toBe(
      "2\n1073741824\n",
    );
  });

  it("can be attached to a running machine, grown, and is not torn from it while mounted", async () => {
    await machines.attach(first.id, "vol-0000000000000000b");
    expect((await on(first, `mkfs.ext4 -q ${b} && mount ${b} /mnt && echo kept >/mnt/file`)).code).toBe(0);
    await volumes.grow("vol-0000000000000000b", 2);
    expect((await on(first, `blockdev --getsize64 ${b}`)).stdout).toBe("2147483648\n");
    await expect(machines.detach(first.id, "vol-0000000000000000b")).rejects.toThrow(/mounted at \/mnt/);
    await on(first, "umount /mnt");
    await machines.detach(first.id, "vol-0000000000000000b");
    expect((await on(first, `ls ${b}`)).code).not.toBe(0);
  });

  it("keeps its data on another machine", async () => {
    await machines.attach(second.id, "vol-0000000000000000b");
    expect((await on(second, `mount ${b} /mnt && cat /mnt/file && umount /mnt`)).stdout).toBe("kept\n");
    await machines.detach(second.id, "vol-0000000000000000b");
  });
});

describe("a machine's power", () => {
  it("comes back with its disk, its name and its volumes when the guest reboots", async () => {
    await machines.attach(first.id, "vol-0000000000000000b");
    const before = await machines.find(first.id);
    await on(first, "echo kept >/root/file; systemctl reboot");
    await before?.ended;
    await eventually(
      () => machines.find(first.id),
      (now) => now !== undefined && now !== before,
    );
    await started(first);
    expect((await on(first, "cat /root/file; hostname; ls /dev/nvme*")).stdout).toBe(
      "kept\none\n/dev/nvme1n1\n/dev/nvme2n1\n",
    );
  });

  it("stays off when the guest powers off, until it is started", async () => {
    const before = await machines.find(second.id);
    await on(second, "systemctl poweroff");
    expect(await before?.ended).toBe("poweroff");
    await eventually(
      () => machines.find(second.id),
      (now) => now === undefined,
    );
    await machines.start(second, []);
    await started(second);
  });

  it("goes for good when it is terminated, and its disk with it", async () => {
    await machines.terminate(second.id);
    expect(await machines.find(second.id)).toBeUndefined();
    await expect(readFile(join(context.dir, "machines", second.id, "image"))).rejects.toThrow(/ENOENT/);
  });
});

describe("clearing a cloud", () => {
  it("leaves no process, mount, namespace, interface or loop device, though nothing was shut down", async () => {
    const machine = await machines.find(first.id);
    await clear(context);
    await clear(context);
    const traces = await Promise.all([
      run(["ip", "netns", "list"]),
      run(["cat", "/proc/self/mountinfo"]),
      run(["losetup", "--list", "--noheadings", "--output", "BACK-FILE"]),
      run(["ip", "-oneline", "link"]),
      run(["ps", "axww", "-o", "args"]),
    ]);
    for (const { stdout } of traces) {
      expect(stdout).not.toMatch(context.id);
      expect(stdout).not.toMatch(`${checkout}/.local`);
    }
    expect(await machine?.ended).toBe("killed");
    await expect(readFile(join(context.cgroup, "cgroup.procs"))).rejects.toThrow(/ENOENT/);
  });
});
