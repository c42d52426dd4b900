import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { MailServer, zoneFile } from "../../components";
import { blowfish } from "../unit/config/support/hashes";
import { isSecret, known, mockEngine, plainTexts, registered, unwrap } from "./support/mocks";

let engine: Awaited<ReturnType<typeof mockEngine>>;
let server: MailServer;

beforeAll(async () => {
  engine = await mockEngine();
  server = new MailServer("mail", {
    hostname: "mx1.example.org",
    hostZoneId: "zone-org",
    domains: [
      { name: "example.org", zoneId: "zone-org" },
      {
        name: "example.net",
        zoneId: "zone-net",
        dmarcPolicy: "quarantine",
        spfIncludes: ["_spf.example.com"],
      },
    ],
    mailboxes: [
      { address: "alice@example.org", passwordHash: blowfish },
      { address: "bob@example.net", passwordHash: pulumi.secret(blowfish) },
    ],
    postmaster: "alice@example.org",
    banAllow: ["192.0.2.0/24"],
    updates: { reboot: "04:44" },
  });
  await registered();
});

describe("a mail server", () => {
  it.each([
    "aws:ec2/instance:Instance",
    "aws:ec2/eip:Eip",
    "aws:ec2/eipDomainName:EipDomainName",
    "aws:ebs/volume:Volume",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketObjectv2:BucketObjectv2",
  ])("has one %s", (type) => {
    expect(engine.all(type)).toHaveLength(1);
  });

  it("publishes what each domain needs to be trusted, in its own zone", () => {
    const records = engine
      .all("cloudflare:index/dnsRecord:DnsRecord")
      .map(({ inputs: { zoneId, name, type, priority, content, data } }) =>
        [zoneId, name, type, ...(data ? dataOf({ ...data }) : [priority ?? [], content].flat())].join(" "),
      )
      .map((line) => line.replace(/[0-9a-f]{64}$/, "…"))
      .map((line) => line.replace(/p=[A-Za-z0-9+/=" ]+"$/, 'p=…"'));
    expect(records.sort()).toEqual([...hostRecords, ...domainRecords("org"), ...domainRecords("net")].sort());
  });

  it("tells every record that it publishes, and the host's key, so that both can be compared with the world's", async () => {
    const names = engine
      .all("cloudflare:index/dnsRecord:DnsRecord")
      .map(({ inputs: { name, type, ttl } }) => `${name}. ${ttl} IN ${type}`);
    const lines = zoneFile(await known(server.records))
      .trimEnd()
      .split("\n");
    expect(lines.map((line) => line.split(" ").slice(0, 4).join(" ")).sort()).toEqual(names.sort());
    const key = await known(server.hostKeySha256);
    expect(lines).toContain(`_25._tcp.mx1.example.org. 3600 IN TLSA 3 1 1 ${key}`);
  });

  it("gives its address the name whose record leads to it", () => {
    const { inputs } = engine.one("aws:ec2/eipDomainName:EipDomainName");
    expect(inputs).toEqual({ allocationId: "mail-id", domainName: "mx1.example.org" });
  });

  it("hands the host everything that was declared, in a secret", async () => {
    const { bucket, key, content } = engine.one("aws:s3/bucketObjectv2:BucketObjectv2").inputs;
    expect([bucket, key]).toEqual(["mail-0123456", "hosts/mx1.example.org/bundle.json"]);
    expect(isSecret(content)).toBe(true);
    const bundle = String(unwrap(content));
    expect(JSON.parse(bundle).hostname).toBe("mx1.example.org");
    const addresses = ["alice@example.org", "bob@example.net", "192.0.2.0/24"];
    for (const declared of [blowfish, ...addresses, "rsa1", "ed1", "04:44"]) {
      expect(bundle.includes(declared), declared).toBe(true);
    }
  });

  it("tells the bundle's digest without telling the bundle", async () => {
    const bundle = String(unwrap(engine.one("aws:s3/bucketObjectv2:BucketObjectv2").inputs.content));
    expect(await pulumi.isSecret(server.bundleDigest)).toBe(false);
    expect(await known(server.bundleDigest)).toBe(createHash("sha256").update(bundle).digest("hex"));
  });

  it("has no key and no password hash in plain text anywhere in the state, however it was given", () => {
    const texts = engine.resources.flatMap(({ inputs }) => plainTexts(inputs));
    expect(texts).toContain("alice@example.org");
    expect(texts.filter((text) => /PRIVATE KEY|\$2y\$/.test(text))).toEqual([]);
  });

  it("says where it is", async () => {
    expect(await known(server.hostname)).toBe("mx1.example.org");
    expect(await known(server.publicIp)).toBe("192.0.2.25");
    expect(await known(server.ipv6Address)).toBe("2001:db8:1:200::25");
    expect(await known(server.instanceId)).toBe("mail-arm64-id");
    expect(await known(server.statusKey)).toBe("hosts/mx1.example.org/status.json");
  });
});

describe("a host that is named as its only domain", () => {
  it("has one SPF record, as two would be void", async () => {
    const same = await mockEngine();
    new MailServer("mail", { ...minimal, hostname: "example.org" });
    await registered();
    const spf = same
      .all("cloudflare:index/dnsRecord:DnsRecord")
      .filter(({ inputs }) => String(inputs.content).startsWith('"v=spf1'));
    expect(spf.map(({ inputs }) => [inputs.name, inputs.content])).toEqual([
      ["example.org", '"v=spf1 a -all"'],
    ]);
  });
});

describe("a host in a subnet that was passed in", () => {
  it("publishes no IPv6 address unless told that the subnet has one", async () => {
    for (const ipv6 of [undefined, true]) {
      const engine = await mockEngine();
      new MailServer("mail", { ...minimal, subnetId: "subnet-0123456789abcdef0", ipv6 });
      await registered();
      const types = engine.all("cloudflare:index/dnsRecord:DnsRecord").map(({ inputs }) => inputs.type);
      expect(types.includes("AAAA")).toBe(ipv6 === true);
    }
  });
});

describe("a mail server with a virus scanner", () => {
  it("has it on the host, and a machine with memory for it", async () => {
    const engine = await mockEngine();
    new MailServer("mail", { ...minimal, antivirus: true });
    await registered();
    expect(engine.one("aws:ec2/instance:Instance").inputs.instanceType).toBe("t4g.medium");
    const bundle = String(unwrap(engine.one("aws:s3/bucketObjectv2:BucketObjectv2").inputs.content));
    expect(JSON.parse(bundle).packages).toContain("clamav-daemon");
  });

  it("is refused at the preview on a machine that has no memory for it, naming both", async () => {
    await mockEngine({ preview: true });
    const small = { ...minimal, antivirus: true, instanceType: "t4g.micro" };
    const { message } = thrownBy(() => new MailServer("mail", small)) as Error;
    expect(message).toMatch(
      /\n {2}instanceType: got "t4g\.micro", wants .* 4 GiB .* t4g\.medium, which antivirus: true needs/,
    );
  });
});

describe("in a preview", () => {
  it("every resource is there, with the names of its records", async () => {
    const preview = await mockEngine({ preview: true });
    new MailServer("mail", minimal);
    await registered();
    expect(preview.resources.map(({ type }) => type)).toContain("aws:ec2/instance:Instance");
    const names = preview.all("cloudflare:index/dnsRecord:DnsRecord").map(({ inputs }) => inputs.name);
    expect(names).toContain("rsa1._domainkey.example.org");
    expect(names).toContain("mx1.example.org");
  });
});

describe("what is wrong with a mail server's arguments", () => {
  it("is thrown at once, all of it, before a resource is declared", async () => {
    const nothing = await mockEngine();
    const make = () =>
      new MailServer("mail", {
        ...minimal,
        hostname: "mx1",
        mailboxes: [{ address: "alice@example.net", passwordHash: "{PLAIN}wonderland" }],
        vpcCidr: "192.0.2.0/24",
        sshCidrs: ["any"],
        banAllow: ["0.0.0.0/0"],
        updates: { reboot: "noon" },
      });
    const error = thrownBy(make);
    expect(pulumi.InputPropertiesError.isInstance(error)).toBe(true);
    const { message, errors = [] } = error as pulumi.InputPropertiesError;
    const paths = [
      "hostname",
      "mailboxes[0].address",
      "mailboxes[0].passwordHash",
      "postmaster",
      "vpcCidr",
      "sshCidrs[0]",
      "banAllow[0]",
      "updates.reboot",
    ];
    expect(errors.map(({ propertyPath }) => propertyPath)).toEqual(paths);
    expect(message).toMatch(/^MailServer mail can't be made, 8 properties must be corrected:\n/);
    for (const path of paths) expect(message).toContain(`\n  ${path}: got `);
    expect(message).not.toContain("wonderland");
    await registered();
    expect(nothing.resources).toEqual([]);
  });
});

/** The parts of a record in the order of its presentation format. */
function dataOf(data: Readonly<Record<string, unknown>>): unknown[] {
  const caa = ["flags", "tag", "value"];
  const srv = ["priority", "weight", "port", "target"];
  const tlsa = ["usage", "selector", "matchingType", "certificate"];
  return [...caa, ...srv, ...tlsa].flatMap((key) => data[key] ?? []);
}

const hostRecords = [
  "zone-org mx1.example.org A 192.0.2.25",
  "zone-org mx1.example.org AAAA 2001:db8:1:200::25",
  'zone-org mx1.example.org TXT "v=spf1 a -all"',
  "zone-org mx1.example.org CAA 0 issue letsencrypt.org; validationmethods=http-01",
  "zone-org mx1.example.org CAA 0 issuewild ;",
  "zone-org mx1.example.org CAA 0 issuemail ;",
  "zone-org mx1.example.org CAA 0 iodef mailto:alice@example.org",
  // The key in use, and the next one.
  "zone-org _25._tcp.mx1.example.org TLSA 3 1 1 …",
  "zone-org _25._tcp.mx1.example.org TLSA 3 1 1 …",
];

/** What is published for `example.<top>`; the choices of example.net differ. */
function domainRecords(top: "org" | "net"): string[] {
  const domain = `example.${top}`;
  const policy = top === "org" ? "reject" : "quarantine";
  const others = top === "org" ? "" : "include:_spf.example.com ";
  return [
    `${domain} MX 10 mx1.example.org`,
    `${domain} TXT "v=spf1 a:mx1.example.org ${others}-all"`,
    `_dmarc.${domain} TXT "v=DMARC1; p=${policy}; rua=mailto:dmarc-reports@${domain}"`,
    ...[1, 2].flatMap((generation) => [
      `rsa${generation}._domainkey.${domain} TXT "v=DKIM1; k=rsa; p=…"`,
      `ed${generation}._domainkey.${domain} TXT "v=DKIM1; k=ed25519; p=…"`,
    ]),
    `_mta-sts.${domain} TXT "v=STSv1; id=3d852d19e986e0d1fa19880a4c624787"`,
    `_smtp._tls.${domain} TXT "v=TLSRPTv1; rua=mailto:tls-reports@${domain}"`,
    ...["mta-sts", "autoconfig", "autodiscover"].map((label) => `${label}.${domain} CNAME mx1.example.org`),
    `_submissions._tcp.${domain} SRV 0 1 465 mx1.example.org`,
    `_submission._tcp.${domain} SRV 0 1 587 mx1.example.org`,
    `_imaps._tcp.${domain} SRV 0 1 993 mx1.example.org`,
    `_sieve._tcp.${domain} SRV 0 1 4190 mx1.example.org`,
    ...["imap", "pop3", "pop3s"].map((service) => `_${service}._tcp.${domain} SRV 0 0 0 .`),
    `${domain} CAA 0 issuemail ;`,
    `${domain} CAA 0 iodef mailto:postmaster@${domain}`,
  ].map((line) => `zone-${top} ${line}`);
}

const minimal = {
  hostname: "mx1.example.org",
  hostZoneId: "zone-org",
  domains: [{ name: "example.org", zoneId: "zone-org" }],
  mailboxes: [{ address: "alice@example.org", passwordHash: blowfish }],
  postmaster: "alice@example.org",
};

function thrownBy(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
