import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { type DnsRecord, MailServer } from "../../components";
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
      .map(({ inputs: { zoneId, name, type, content } }) => `${zoneId} ${name} ${type} ${content}`)
      .map((line) => line.replace(/p=[A-Za-z0-9+/=" ]+"$/, 'p=…"'));
    expect(records.sort()).toEqual(
      [
        "zone-org mx1.example.org A 192.0.2.25",
        "zone-org mx1.example.org AAAA 2001:db8:1:200::25",
        'zone-org mx1.example.org TXT "v=spf1 a -all"',
        "zone-org example.org MX mx1.example.org",
        'zone-org example.org TXT "v=spf1 mx -all"',
        'zone-org _dmarc.example.org TXT "v=DMARC1; p=reject; rua=mailto:postmaster@example.org"',
        'zone-org rsa1._domainkey.example.org TXT "v=DKIM1; k=rsa; p=…"',
        'zone-org ed1._domainkey.example.org TXT "v=DKIM1; k=ed25519; p=…"',
        "zone-net example.net MX mx1.example.org",
        'zone-net example.net TXT "v=spf1 mx include:_spf.example.com -all"',
        'zone-net _dmarc.example.net TXT "v=DMARC1; p=quarantine; rua=mailto:postmaster@example.net"',
        'zone-net rsa1._domainkey.example.net TXT "v=DKIM1; k=rsa; p=…"',
        'zone-net ed1._domainkey.example.net TXT "v=DKIM1; k=ed25519; p=…"',
      ].sort(),
    );
  });

  it("tells every record that it publishes, and the host's key, so that both can be compared with the world's", async () => {
    const published = engine
      .all("cloudflare:index/dnsRecord:DnsRecord")
      .map(({ inputs: { zoneId, proxied, ...record } }) => record);
    const outputs = pulumi.all([server.records, server.hostKeySha256]);
    const [told, key] = await new Promise<[DnsRecord[], string]>((resolve) => outputs.apply(resolve));
    expect(told).toHaveLength(published.length);
    expect(told).toEqual(expect.arrayContaining(published));
    expect(key).toMatch(/^[0-9a-f]{64}$/);
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
    for (const declared of [blowfish, "alice@example.org", "bob@example.net", "rsa1", "ed1"]) {
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
    expect(await known(server.instanceId)).toBe("mail-id");
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
      ["example.org", '"v=spf1 mx -all"'],
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
    ];
    expect(errors.map(({ propertyPath }) => propertyPath)).toEqual(paths);
    expect(message).toMatch(/^MailServer mail can't be made, 6 properties must be corrected:\n/);
    for (const path of paths) expect(message).toContain(`\n  ${path}: got `);
    expect(message).not.toContain("wonderland");
    await registered();
    expect(nothing.resources).toEqual([]);
  });
});

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
