import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as vpc from "@pulumi/aws/vpc";
import * as cloudflare from "@pulumi/cloudflare";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

/** What a change of the program may change. */
export interface WebHost {
  readonly tags?: Record<string, string>;
  readonly groupDescription?: string;
  readonly port?: number;
  readonly instanceType?: string;
  readonly architecture?: "amd64" | "arm64";
  readonly userData?: string;
  readonly userDataReplaceOnChange?: boolean;
  readonly volumeSize?: number;
  readonly content?: string;
  readonly objectKey?: string;
  readonly hostname?: string;
  readonly ttl?: number;
  readonly policyAction?: string;
  readonly ipv6?: boolean;
}

/** The resources of the program, with the stack itself. */
export const resourceCount = 24;

/** A host with a name, a volume, a role and a bucket: something of everything that the local cloud has. */
export function webHost(options: WebHost = {}) {
  return async () => {
    const {
      instanceType = "t3.small",
      architecture = "amd64",
      hostname = "www.example.test",
      ttl = 300,
    } = options;
    const { zoneId } = await cloudflare.getZone({ filter: { name: "example.test" } });
    const image = await ec2.getAmi({
      owners: ["136693071363"],
      mostRecent: true,
      filters: [{ name: "name", values: [`debian-13-${architecture}-*`] }],
    });

    const network = new ec2.Vpc("network", {
      cidrBlock: "10.0.0.0/16",
      assignGeneratedIpv6CidrBlock: options.ipv6,
      tags: options.tags,
    });
    const gateway = new ec2.InternetGateway("gateway", { vpcId: network.id });
    const subnet = new ec2.Subnet("subnet", {
      vpcId: network.id,
      cidrBlock: "10.0.1.0/24",
      ipv6CidrBlock: options.ipv6
        ? network.ipv6CidrBlock.apply((block) => block.replace("/56", "/64"))
        : undefined,
    });
    const routes = new ec2.RouteTable("routes", { vpcId: network.id });
    new ec2.Route("default", {
      routeTableId: routes.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
    const routing = new ec2.RouteTableAssociation("routing", {
      subnetId: subnet.id,
      routeTableId: routes.id,
    });
    const group = new ec2.SecurityGroup("group", {
      vpcId: network.id,
      description: options.groupDescription,
    });
    new vpc.SecurityGroupIngressRule("https", {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: options.port ?? 443,
      toPort: options.port ?? 443,
      cidrIpv4: "0.0.0.0/0",
    });

    const bucket = new s3.Bucket("files", { forceDestroy: true });
    new s3.BucketVersioning("versions", {
      bucket: bucket.bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    const file = new s3.BucketObjectv2("file", {
      bucket: bucket.bucket,
      key: options.objectKey ?? "hello.txt",
      content: pulumi.secret(options.content ?? "the secret content"),
    });
    const role = new iam.Role("role", {
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
        ],
      },
    });
    new iam.RolePolicy("policy", {
      role,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: options.policyAction ?? "s3:GetObject",
            Resource: pulumi.interpolate`${bucket.arn}/*`,
          },
        ],
      }),
    });
    const profile = new iam.InstanceProfile("profile", { role });

    const host = new ec2.Instance("host", {
      ami: image.id,
      instanceType,
      subnetId: subnet.id,
      ipv6AddressCount: options.ipv6 ? 1 : undefined,
      vpcSecurityGroupIds: [group.id],
      iamInstanceProfile: profile,
      userData: options.userData ?? "#cloud-config\n",
      userDataReplaceOnChange: options.userDataReplaceOnChange,
      metadataOptions: { httpTokens: "required" },
    });
    const volume = new ebs.Volume("data", {
      availabilityZone: subnet.availabilityZone,
      size: options.volumeSize ?? 10,
      type: "gp3",
      encrypted: true,
    });
    new ec2.VolumeAttachment(
      "attachment",
      { instanceId: host.id, volumeId: volume.id, deviceName: "/dev/sdf" },
      { deleteBeforeReplace: true },
    );
    const address = new ec2.Eip("address", { domain: "vpc" });
    new ec2.EipAssociation(
      "association",
      { allocationId: address.id, instanceId: host.id },
      { dependsOn: [gateway, routing] },
    );

    const record = new cloudflare.DnsRecord("name", {
      zoneId,
      name: hostname,
      type: "A",
      ttl,
      content: address.publicIp,
    });
    const reverse = new ec2.EipDomainName("reverse", { allocationId: address.id, domainName: record.name });
    const key = new tls.PrivateKey("key", { algorithm: "ECDSA", ecdsaCurve: "P256" });
    const certificate = new tls.SelfSignedCert("certificate", {
      privateKeyPem: key.privateKeyPem,
      dnsNames: [hostname],
      allowedUses: ["digital_signature", "server_auth"],
      validityPeriodHours: 24 * 365,
    });

    return {
      address: address.publicIp,
      ptr: reverse.ptrRecord,
      etag: file.etag,
      key: key.privateKeyPem,
      certificate: certificate.certPem,
      instance: host.id,
      ipv6Addresses: host.ipv6Addresses,
    };
  };
}
