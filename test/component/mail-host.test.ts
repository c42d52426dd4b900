import { beforeAll, describe, expect, it } from "vitest";
import { MailHost } from "../../components";
import { known, mockEngine, registered } from "./support/mocks";

describe("a mail host", () => {
  let engine: Awaited<ReturnType<typeof mockEngine>>;
  let host: MailHost;
  const inputs = (type: string, name?: string) => engine.one(type, name).inputs;

  beforeAll(async () => {
    engine = await mockEngine();
    host = new MailHost("mail", { hostname: "mx1.example.org" });
    await registered();
  });

  it("is a small ARM machine with Debian 13, its disk encrypted", () => {
    expect(engine.calls).toEqual([
      {
        token: "aws:ec2/getAmi:getAmi",
        inputs: {
          owners: ["136693071363"],
          mostRecent: true,
          filters: [{ name: "name", values: ["debian-13-arm64-*"] }],
        },
      },
      {
        token: "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings",
        inputs: {
          locationType: "availability-zone",
          filters: [{ name: "instance-type", values: ["t4g.small"] }],
        },
      },
    ]);
    expect(inputs("aws:ec2/instance:Instance")).toMatchObject({
      ami: "ami-0123456789abcdef0",
      instanceType: "t4g.small",
      subnetId: "mail-id",
      vpcSecurityGroupIds: ["mail-id"],
      iamInstanceProfile: "mail-0123456",
      userDataReplaceOnChange: false,
      rootBlockDevice: { encrypted: true },
      tags: { Name: "mx1.example.org" },
    });
  });

  it("gives its role's credentials to programs on the machine itself only, and by IMDSv2 only", () => {
    expect(inputs("aws:ec2/instance:Instance").metadataOptions).toEqual({
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("learns from its user-data where its bundle is, within EC2's limit of 16 KB", () => {
    const userData = String(inputs("aws:ec2/instance:Instance").userData);
    expect(userData).toMatch(/^#cloud-config\n/);
    for (const told of [
      "mx1.example.org",
      "eu-central-1",
      "mail-0123456",
      "hosts/mx1.example.org/bundle.json",
    ]) {
      expect(userData).toContain(told);
    }
    expect(Buffer.byteLength(userData)).toBeLessThanOrEqual(16 * 1024);
  });

  it("may read its bundle and write its status, nothing else", () => {
    expect(JSON.parse(String(inputs("aws:iam/rolePolicy:RolePolicy").policy)).Statement).toEqual([
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::mail-0123456/hosts/mx1.example.org/bundle.json",
      },
      {
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::mail-0123456/hosts/mx1.example.org/status.json",
      },
    ]);
    expect(JSON.parse(String(inputs("aws:iam/role:Role").assumeRolePolicy)).Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  it("has a network of its own, of one subnet with a way to the internet", () => {
    expect(inputs("aws:ec2/vpc:Vpc").cidrBlock).toBe("10.25.0.0/24");
    expect(inputs("aws:ec2/subnet:Subnet")).toMatchObject({
      ...{ vpcId: "mail-id", cidrBlock: "10.25.0.0/24" },
      // The first zone of those that have such instances.
      availabilityZone: "eu-central-1b",
    });
    expect(inputs("aws:ec2/route:Route", "mail-internet")).toEqual({
      routeTableId: "mail-id",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "mail-id",
    });
  });

  it("has an IPv6 address there, from the first /64 of the VPC's own block, with a way to the internet", async () => {
    expect(inputs("aws:ec2/vpc:Vpc").assignGeneratedIpv6CidrBlock).toBe(true);
    expect(inputs("aws:ec2/subnet:Subnet").ipv6CidrBlock).toBe("2001:db8:1:200::/64");
    expect(inputs("aws:ec2/route:Route", "mail-internet-ipv6")).toEqual({
      routeTableId: "mail-id",
      destinationIpv6CidrBlock: "::/0",
      gatewayId: "mail-id",
    });
    expect(inputs("aws:ec2/instance:Instance").ipv6AddressCount).toBe(1);
    expect(await known(host.ipv6Address)).toBe("2001:db8:1:200::25");
  });

  it("keeps its data on an encrypted volume in the same place, taken from a stopped machine only", () => {
    expect(inputs("aws:ebs/volume:Volume")).toMatchObject({
      availabilityZone: "eu-central-1b",
      encrypted: true,
      size: 20,
      type: "gp3",
    });
    expect(inputs("aws:ec2/volumeAttachment:VolumeAttachment")).toMatchObject({
      volumeId: "mail-data-id",
      instanceId: "mail-arm64-id",
      stopInstanceBeforeDetaching: true,
    });
  });

  it("has an address that stays when the machine goes", () => {
    expect(inputs("aws:ec2/eip:Eip").domain).toBe("vpc");
    expect(inputs("aws:ec2/eipAssociation:EipAssociation")).toEqual({
      allocationId: "mail-id",
      instanceId: "mail-arm64-id",
    });
  });

  it("has a bucket that is closed to the public, encrypted, versioned, and open to TLS only", () => {
    expect(inputs("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(inputs("aws:s3/bucketOwnershipControls:BucketOwnershipControls").rule).toEqual({
      objectOwnership: "BucketOwnerEnforced",
    });
    expect(
      inputs("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").rules,
    ).toEqual([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
    expect(inputs("aws:s3/bucketVersioning:BucketVersioning").versioningConfiguration).toEqual({
      status: "Enabled",
    });
    expect(JSON.parse(String(inputs("aws:s3/bucketPolicy:BucketPolicy").policy)).Statement).toMatchObject([
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("forgets earlier bundles, which hold earlier secrets, after 30 days", () => {
    expect(inputs("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").rules).toMatchObject([
      { status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } },
    ]);
  });
});

describe("a mail host with choices of its own", () => {
  it("runs on amd64", async () => {
    const engine = await mockEngine();
    new MailHost("mail", { hostname: "mx1.example.org", architecture: "amd64" });
    await registered();
    expect(engine.calls[0]?.inputs.filters).toEqual([{ name: "name", values: ["debian-13-amd64-*"] }]);
    expect(engine.one("aws:ec2/instance:Instance").inputs.instanceType).toBe("t3.small");
  });

  it.each([
    ["arm64", "t4g.medium"],
    ["amd64", "t3.medium"],
  ] as const)("has memory for the virus scanner where there is one, on %s", async (architecture, type) => {
    const engine = await mockEngine();
    new MailHost("mail", { hostname: "mx1.example.org", architecture, antivirus: true });
    await registered();
    expect(engine.one("aws:ec2/instance:Instance").inputs.instanceType).toBe(type);
  });

  it("moves into a subnet that is there already, and makes no network", async () => {
    const engine = await mockEngine();
    new MailHost("mail", { hostname: "mx1.example.org", subnetId: "subnet-0123456789abcdef0" });
    await registered();
    expect(engine.all("aws:ec2/vpc:Vpc")).toEqual([]);
    expect(engine.one("aws:ec2/instance:Instance").inputs.subnetId).toBe("subnet-0123456789abcdef0");
    expect(engine.one("aws:ec2/securityGroup:SecurityGroup").inputs.vpcId).toBe("vpc-0123456789abcdef0");
    expect(engine.one("aws:ebs/volume:Volume").inputs.availabilityZone).toBe("eu-central-1b");
  });

  it("has an IPv6 address in a subnet that was passed in only when told that there is one to have", async () => {
    for (const ipv6 of [undefined, false, true]) {
      const engine = await mockEngine();
      const place = { subnetId: "subnet-0123456789abcdef0", ipv6 };
      const host = new MailHost("mail", { hostname: "mx1.example.org", ...place });
      await registered();
      expect(engine.one("aws:ec2/instance:Instance").inputs.ipv6AddressCount).toBe(ipv6 ? 1 : undefined);
      expect(await known(host.ipv6Address)).toBe(ipv6 ? "2001:db8:1:200::25" : undefined);
    }
  });

  it("takes sizes, types and networks", async () => {
    const engine = await mockEngine();
    new MailHost("mail", {
      hostname: "mx1.example.org",
      instanceType: "m7g.large",
      dataVolumeGiB: 100,
      vpcCidr: "172.16.0.0/28",
    });
    await registered();
    expect(engine.one("aws:ec2/instance:Instance").inputs.instanceType).toBe("m7g.large");
    expect(engine.one("aws:ebs/volume:Volume").inputs.size).toBe(100);
    expect(engine.one("aws:ec2/vpc:Vpc").inputs.cidrBlock).toBe("172.16.0.0/28");
  });
});
