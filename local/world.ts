import type { ZoneKey } from "./dnssec";

/**
 * What the providers ask of the world below them. Every part has a real form (namespaces, machines, DNS servers)
 * and a "none" form that only remembers (`none.ts`), so the same providers serve tests that boot nothing.
 *
 * The providers own the truth (`Store`); the parts below are told what should be and make it so. Each call is
 * idempotent: a cloud that was killed is brought back by saying it all again.
 */
export interface World {
  readonly machines: Machines;
  readonly volumes: Volumes;
  readonly network: Network;
  readonly dns: Dns;
  readonly objects: Objects;
}

/** An image that machines boot from, as the cloud's catalogue of images offers it. */
export interface CatalogueImage {
  /** `ami-` and 17 hexadecimal digits. */
  readonly id: string;
  /** As the vendor names it, for example `debian-13-amd64-20261123-2000`. */
  readonly name: string;
  /** The owner's account number. */
  readonly owner: string;
  readonly architecture: "x86_64" | "arm64";
  /** RFC 3339. */
  readonly created: string;
}

export interface MachineSpec {
  /** The instance's id, `i-…`. */
  readonly id: string;
  /** The id of the image to boot from. */
  readonly imageId: string;
  readonly privateIp: string;
  /** The subnet's prefix, for example `10.0.1.0/24`; the first host address is the gateway. */
  readonly subnetCidr: string;
  /** @default no IPv6 address */
  readonly ipv6?: {
    readonly address: string;
    /** The subnet's /64. */
    readonly subnetCidr: string;
  };
  readonly mac: string;
  readonly memoryMiB: number;
}

/** Virtual machines. Volumes are attached by id; the device's name is the guest's own affair, as on Nitro. */
export interface Machines {
  /** Makes the root disk if there is none yet and powers the machine on. Resolves once it is booting. */
  start(spec: MachineSpec, attachedVolumes: readonly string[]): Promise<void>;
  /** Shuts down in good order; the root disk stays. */
  stop(id: string): Promise<void>;
  /** Powers off and deletes the root disk. */
  terminate(id: string): Promise<void>;
  /** Hands a machine that is on the IPv6 address it has by now, or takes it away. Nothing happens to one that is off. */
  readdress(spec: MachineSpec): Promise<void>;
  attach(id: string, volumeId: string): Promise<void>;
  detach(id: string, volumeId: string): Promise<void>;
}

/** Block devices. */
export interface Volumes {
  create(id: string, sizeGiB: number): Promise<void>;
  grow(id: string, sizeGiB: number): Promise<void>;
  delete(id: string): Promise<void>;
}

/** The whole network as it should be; applied as one piece, established connections survive. */
export interface Topology {
  readonly interfaces: readonly {
    readonly instanceId: string;
    readonly privateIp: string;
    readonly subnetCidr: string;
    readonly vpcCidr: string;
    readonly mac: string;
    /** Whether the subnet's route table has a default route to an internet gateway. */
    readonly internet: boolean;
    /** @default no IPv6 address */
    readonly ipv6?: {
      readonly address: string;
      readonly vpcCidr: string;
      /** Whether the subnet's route table has a route for ::/0 to an internet gateway. */
      readonly internet: boolean;
    };
    /** The rules of all its security groups. */
    readonly rules: readonly SecurityRule[];
  }[];
  /** Elastic IPs; without `privateIp` the address is allocated and not associated. */
  readonly addresses: readonly { readonly publicIp: string; readonly privateIp?: string }[];
  /** The account's state for outbound TCP port 25, which AWS blocks by default. */
  readonly outboundPort25: "blocked" | "open";
}

export interface SecurityRule {
  readonly direction: "ingress" | "egress";
  /** `-1` is every protocol. */
  readonly protocol: "tcp" | "udp" | "icmp" | "icmpv6" | "-1";
  readonly fromPort?: number;
  readonly toPort?: number;
  /** An IPv4 or IPv6 prefix. */
  readonly cidr: string;
}

export interface Network {
  apply(topology: Topology): Promise<void>;
}

/** How a zone stands with DNSSEC. */
export interface ZoneTrust {
  /** Once it was signed a zone stays so. */
  readonly signed: boolean;
  /** The DS records in its parent: `own` is the one of the zone's key, which only a signed zone has. */
  readonly ds: "own" | readonly string[];
}

/** Authoritative DNS. Names are fully qualified, lower case, without the trailing dot. */
export interface Dns {
  /**
   * Creates the zone and delegates it from its parent. If it is there, what is otherwise in its trust changes.
   * @param trust by default the zone is signed and its parent says so
   */
  createZone(zone: string, trust?: ZoneTrust): Promise<void>;
  deleteZone(zone: string): Promise<void>;
  /** The key that a signed zone is signed with; it stays the same as long as the zone is there. */
  zoneKey(zone: string): Promise<ZoneKey>;
  /**
   * Sets a whole record set; an empty list removes it.
   * @param rdata in presentation format (RFC 1035 section 5.1), names absolute with the trailing dot
   */
  set(zone: string, owner: string, type: string, ttl: number, rdata: readonly string[]): Promise<void>;
  /** Asks the validating resolver; an empty list when there is no such record. Answers in presentation format. */
  resolve(name: string, type: "A" | "AAAA" | "PTR" | "TXT" | "MX"): Promise<readonly string[]>;
}

export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
  /** RFC 3339. */
  readonly lastModified: string;
}

/** Objects in buckets. */
export interface Objects {
  createBucket(bucket: string): Promise<void>;
  /** @throws if objects are left in it */
  deleteBucket(bucket: string): Promise<void>;
  put(bucket: string, key: string, body: Buffer, contentType?: string): Promise<StoredObject>;
  get(bucket: string, key: string): Promise<StoredObject | undefined>;
  delete(bucket: string, key: string): Promise<void>;
  list(bucket: string, prefix?: string): Promise<readonly string[]>;
}

/** What the metadata service and the object storage need to know of an instance; the providers' store answers. */
export interface InstanceView {
  readonly instanceId: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly region: string;
  readonly availabilityZone: string;
  readonly accountId: string;
  readonly privateIp: string;
  readonly publicIp?: string;
  readonly mac: string;
  readonly subnetId: string;
  readonly subnetCidr: string;
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly ipv6?: { readonly address: string; readonly subnetCidr: string; readonly vpcCidr: string };
  readonly securityGroups: readonly string[];
  /** As given, already decoded from base64. */
  readonly userData?: Buffer;
  readonly metadata: {
    readonly enabled: boolean;
    readonly tokensRequired: boolean;
    readonly hopLimit: number;
  };
  readonly role?: { readonly name: string; readonly profileArn: string };
}

export interface PolicyDocument {
  readonly Statement: readonly {
    readonly Effect: "Allow" | "Deny";
    /** Of resource policies only. */
    readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  }[];
}

/** The read side of the store, for the services that machines talk to. */
export interface CloudView {
  instanceByPrivateIp(privateIp: string): InstanceView | undefined;
  /** The policies attached to a role, identity policies only. */
  rolePolicies(role: string): readonly PolicyDocument[];
  bucketPolicy(bucket: string): PolicyDocument | undefined;
  bucketRegion(bucket: string): string | undefined;
}

/** What is true of a zone before anything is declared. */
export interface ZoneSettings {
  /** The label of the Cloudflare account that holds it. @default the account of every token without a label */
  readonly account?: string;
  /** The domain was registered without DNSSEC, at a registrar that does nothing about it by itself. */
  readonly unsigned?: boolean;
  /**
   * The DS records that the registrar was given, `KEYTAG ALGORITHM DIGESTTYPE DIGEST`.
   * @default the zone's own as long as DNSSEC is on, as registrars do that follow CDS records (RFC 8078); none where
   *   the domain was registered without
   */
  readonly ds?: readonly string[];
}

/** Settings of the account that no resource declares. */
export interface Account {
  readonly id: string;
  readonly region: string;
  /** DNS zones that the Cloudflare accounts hold before anything is declared. */
  readonly zones: readonly string[];
  /** What is not as usual with a zone, by its name. */
  readonly zoneSettings?: Readonly<Record<string, ZoneSettings>>;
  readonly outboundPort25: "blocked" | "open";
  readonly images: readonly CatalogueImage[];
  /** Public addresses that Elastic IPs are taken from, for example `203.0.113.128/25`. */
  readonly publicPool: string;
  /** The prefix that VPCs are given a /56 of, for example `2001:db8:c000::/40`. */
  readonly ipv6Pool: string;
}
