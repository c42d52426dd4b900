import { describe, expect, it } from "vitest";
import { topology } from "../../../../local/topology";
import { account } from "../../../support/account";
import { images, openNetwork, openServices } from "./support/service";

describe("EC2's network refuses", () => {
  it("prefixes of VPCs that overlap, which the local cloud can't route", async () => {
    const { create } = openServices();
    await create("Vpc", { cidrBlock: "10.0.0.0/16" });
    await expect(create("Vpc", { cidrBlock: "10.0.128.0/20" })).rejects.toThrow(
      /^InvalidVpc\.Conflict: .*overlaps 10\.0\.0\.0\/16/,
    );
  });

  it("a subnet outside of its VPC, or over another one", async () => {
    const { create } = openServices();
    const { vpc } = await openNetwork({ create } as never);
    await expect(create("Subnet", { vpcId: vpc.id, cidrBlock: "10.1.0.0/24" })).rejects.toThrow(
      "InvalidSubnet.Range",
    );
    await expect(create("Subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.128/25" })).rejects.toThrow(
      "InvalidSubnet.Conflict",
    );
    await expect(create("Subnet", { vpcId: "vpc-1", cidrBlock: "10.0.2.0/24" })).rejects.toThrow(
      "InvalidVpcID.NotFound",
    );
  });

  it("an instance in a zone that has none of its type, which getInstanceTypeOfferings would have told", async () => {
    const { create, invoke } = openServices();
    const { vpc, group } = await openNetwork({ create } as never);
    const zone = "us-east-1c";
    const subnet = await create("Subnet", {
      vpcId: vpc.id,
      cidrBlock: "10.0.2.0/24",
      availabilityZone: zone,
    });
    const launch = (instanceType: string) =>
      create("Instance", {
        ami: images.arm64,
        instanceType,
        subnetId: subnet.id,
        vpcSecurityGroupIds: [group.id],
      });
    const zonesOf = async (type: string) => {
      const filters = [{ name: "instance-type", values: [type] }];
      const offerings = "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings";
      return (await invoke(offerings, { locationType: "availability-zone", filters })).locations;
    };
    await expect(launch("t4g.small")).rejects.toThrow(
      /^Unsupported: Your requested instance type \(t4g\.small\) is not supported in your requested Availability Zone/,
    );
    await launch("m7g.large");
    expect(await zonesOf("t4g.small")).toEqual(["us-east-1a", "us-east-1b"]);
    expect(await zonesOf("m7g.large")).toEqual(["us-east-1a", "us-east-1b", zone]);
  });

  it("to delete what is in use: a group, a subnet, a VPC, a gateway behind public addresses", async () => {
    const services = openServices();
    const { vpc, gateway, subnet, group, instance } = await openNetwork(services);
    const address = await services.create("Eip", { domain: "vpc" });
    const association = await services.create("EipAssociation", {
      allocationId: address.id,
      instanceId: instance.id,
    });
    for (const [held, code] of [
      [group, `DependencyViolation: resource ${group.id} has a dependent object: ${instance.id}`],
      [subnet, `DependencyViolation: The subnet '${subnet.id}' has dependencies`],
      [vpc, `DependencyViolation: The vpc '${vpc.id}' has dependencies`],
      [gateway, "DependencyViolation: Network"],
      [address, "InvalidIPAddress.InUse"],
    ] as const)
      await expect(services.remove(held)).rejects.toThrow(code);
    for (const held of [association, address, instance, group, subnet, gateway, vpc])
      await services.remove(held);
    expect(services.cloud.store.size).toBe(0);
  });

  it("the same rule twice in a group, but not in both directions or in two groups", async () => {
    const { create, ...services } = openServices();
    const { vpc, group } = await openNetwork({ create, ...services });
    const rule = {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 25,
      toPort: 25,
      cidrIpv4: "0.0.0.0/0",
    };
    await create("IngressRule", rule);
    await create("EgressRule", rule);
    await create("IngressRule", { ...rule, cidrIpv4: "10.0.0.0/8" });
    const other = await create("SecurityGroup", { vpcId: vpc.id });
    await create("IngressRule", { ...rule, securityGroupId: other.id });
    await expect(create("IngressRule", { ...rule, description: "again" })).rejects.toThrow(
      "InvalidPermission.Duplicate",
    );
  });

  for (const [what, rule, says] of [
    ["no peer", { ipProtocol: "tcp", fromPort: 25, toPort: 25 }, "one of them is required"],
    ["two peers", { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", cidrIpv6: "::/0" }, "they exclude each other"],
    [
      "ports with all protocols",
      { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", fromPort: 1, toPort: 2 },
      "has no ports",
    ],
    ["no ports with TCP", { ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0" }, "both are required for protocol tcp"],
    [
      "ports the wrong way round",
      { ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0", fromPort: 2, toPort: 1 },
      "2 is above 1",
    ],
    ["host bits", { ipProtocol: "-1", cidrIpv4: "10.0.0.1/8" }, 'did you mean "10.0.0.0/8"?'],
    ["no protocol", { ipProtocol: "smtp", cidrIpv4: "0.0.0.0/0" }, "is none of tcp, udp"],
  ] as const)
    it(`a rule with ${what}`, async () => {
      const { create } = openServices();
      await expect(create("IngressRule", { securityGroupId: "sg-1", ...rule })).rejects.toThrow(says);
    });
});

describe("EC2's instances refuse", () => {
  it("what does not exist, does not fit, or belongs to another network", async () => {
    const services = openServices();
    const { machine } = await openNetwork(services);
    const elsewhere = await services.create("Vpc", { cidrBlock: "10.9.0.0/16" });
    const stranger = await services.create("SecurityGroup", { vpcId: elsewhere.id });
    for (const [change, says] of [
      [{ ami: "ami-00000000000000999" }, "InvalidAMIID.NotFound"],
      [{ ami: "debian-13" }, "is not the id of an image"],
      [
        { ami: images.arm64 },
        "The architecture 'x86_64' of the specified instance type t3.micro does not match",
      ],
      [{ instanceType: "t4g.smal" }, "is no instance type that the local cloud knows, such as t4g.nano"],
      [{ subnetId: "subnet-1" }, "InvalidSubnetID.NotFound"],
      [{ vpcSecurityGroupIds: ["sg-1"] }, "InvalidGroup.NotFound"],
      [{ vpcSecurityGroupIds: [stranger.id] }, "belong to different networks"],
      [{ iamInstanceProfile: "nobody" }, "Invalid IAM Instance Profile name"],
      [{ availabilityZone: "us-east-1c" }, "is not that of"],
      [{ privateIp: "10.0.1.3" }, "does not fall within the free part of 10.0.1.0/24"],
      [{ privateIp: "10.0.1.4" }, "InvalidIPAddress.InUse"],
      [{ userData: "x".repeat(16_385) }, "user data is limited to 16384"],
      [{ userDataBase64: "no base64!" }, "is not base64"],
      [{ userData: "a", userDataBase64: "YQ==" }, "they exclude each other"],
      [{ metadataOptions: { httpTokens: "always" } }, "is none of required, optional"],
    ] as const)
      await expect(services.create("Instance", { ...machine, ...change })).rejects.toThrow(says);
  });

  it("to be terminated while they are protected", async () => {
    const services = openServices();
    const { machine } = await openNetwork(services);
    const instance = await services.create("Instance", { ...machine, disableApiTermination: true });
    await expect(services.remove(instance)).rejects.toThrow("OperationNotPermitted");
    await services.remove(await services.update(instance, machine));
  });
});

describe("EC2's addresses refuse", () => {
  it("a sixth, to be released with a reverse name, a name whose A record is not there", async () => {
    const services = openServices();
    const [first, ...rest] = await Promise.all(Array.from({ length: 5 }, () => services.create("Eip", {})));
    await expect(services.create("Eip", {})).rejects.toThrow("AddressLimitExceeded");
    expect(new Set([first, ...rest].map((held) => held?.state.publicIp)).size).toBe(5);
    if (!first) throw new Error("there is no address");

    const name = { allocationId: first.id, domainName: "mx.example.test", timeouts: { create: "0s" } };
    await expect(services.create("EipDomainName", name)).rejects.toThrow(
      /^InvalidParameterValue: .*does not resolve/,
    );
    await services.cloud.world.dns.set("example.test", "mx.example.test", "A", 60, [
      first.state.publicIp as string,
    ]);
    const reverse = await services.create("EipDomainName", name);
    expect(reverse.state.ptrRecord).toBe("mx.example.test.");
    await expect(services.remove(first)).rejects.toThrow("InvalidAddress.Locked");
    await services.remove(reverse);
    await services.remove(first);
  });

  it("an instance without a way to the internet, and a second holder when told so", async () => {
    const services = openServices();
    const { machine, instance, gateway } = await openNetwork(services);
    const { id: allocationId } = await services.create("Eip", {});
    await services.create("EipAssociation", { allocationId, instanceId: instance.id });
    const other = await services.create("Instance", machine);
    const again = { allocationId, instanceId: other.id };
    await expect(services.create("EipAssociation", { ...again, allowReassociation: false })).rejects.toThrow(
      "Resource.AlreadyAssociated",
    );
    await services.create("EipAssociation", again);
    expect(topology(services.cloud.store, account).addresses).toEqual([
      { publicIp: "203.0.113.129", privateIp: other.state.privateIp },
    ]);
    services.cloud.store.remove("internetGateway", gateway.id);
    await expect(services.create("EipAssociation", again)).rejects.toThrow("Gateway.NotAttached");
  });
});

describe("EBS refuses", () => {
  it("a volume of another zone, one in use, a device in use, to delete or shrink what is attached", async () => {
    const services = openServices();
    const { instance, machine } = await openNetwork(services);
    const here = { availabilityZone: "us-east-1a", size: 10 };
    const volume = await services.create("Volume", here);
    const attach = (volumeId: string, deviceName = "/dev/sdf", instanceId = instance.id) =>
      services.create("VolumeAttachment", { volumeId, deviceName, instanceId });
    const attachment = await attach(volume.id);

    const elsewhere = await services.create("Volume", { ...here, availabilityZone: "us-east-1b" });
    await expect(attach(elsewhere.id, "/dev/sdg")).rejects.toThrow("InvalidVolume.ZoneMismatch");
    const other = await services.create("Instance", machine);
    await expect(attach(volume.id, "/dev/sdf", other.id)).rejects.toThrow("VolumeInUse");
    await expect(attach((await services.create("Volume", here)).id)).rejects.toThrow(
      "Attachment point /dev/sdf is already in use",
    );
    await expect(attach(volume.id, "sda1")).rejects.toThrow("is not a device name");
    await expect(services.remove(volume)).rejects.toThrow("VolumeInUse");
    await expect(services.update(volume, { ...here, size: 9 })).rejects.toThrow("New size cannot be smaller");
    await services.remove(attachment);
    await services.remove(volume);
  });

  for (const [what, inputs, says] of [
    ["IOPS for gp2", { size: 10, iops: 3000 }, "gp2 volumes have no such setting"],
    [
      "throughput for io2",
      { size: 10, type: "io2", iops: 3000, throughput: 200 },
      "io2 volumes have no such setting",
    ],
    ["a small st1", { size: 10, type: "st1" }, "size: 10 is outside 125 to 16384 GiB"],
    ["a zone that is not there", { size: 10, availabilityZone: "us-east-1z" }, "is none of us-east-1a"],
  ] as const)
    it(what, async () => {
      const { create } = openServices();
      await expect(create("Volume", { availabilityZone: "us-east-1a", ...inputs })).rejects.toThrow(says);
    });
});
