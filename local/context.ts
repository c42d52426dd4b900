/** Where one local cloud keeps its things. Everything it makes carries its id, so that it can be found and cleared. */
export interface CloudContext {
  /** `pms-` and eight hexadecimal digits of the checkout and the name: no two clouds of one machine share it. */
  readonly id: string;
  /** The name given to it, `local` by default. */
  readonly name: string;
  /** State that outlives the daemon. */
  readonly dir: string;
  /** Sockets and process ids; short, because a socket's path is limited to 107 bytes. */
  readonly runDir: string;
  /** Images and tools shared by all clouds of this user. */
  readonly cacheDir: string;
  /** The cgroup (version 2) under which every process of this cloud runs. */
  readonly cgroup: string;
  /** Names of its network namespaces, as under /run/netns. */
  readonly netns: { readonly internet: string; readonly cloud: string };
}

/** The addresses of the simulated internet, 203.0.113.0/24 (RFC 5737). The same in every cloud: none can see another. */
export const internet = {
  cidr: "203.0.113.0/24",
  /** A host on the internet that is nobody in particular; `exec internet` runs there. */
  stranger: "203.0.113.1",
  /** The internet machine's first address. */
  machine: "203.0.113.2",
  /** The cloud's router. */
  cloud: "203.0.113.3",
  /** The object storage's endpoint. */
  storage: "203.0.113.4",
  /** The certificate authority's ACME server. */
  acme: "203.0.113.14",
  /** The correspondent's mail server. */
  peer: "203.0.113.25",
  /** The two name servers of the root and of every zone below it. */
  nameservers: ["203.0.113.53", "203.0.113.52"],
  /** The validating resolver. */
  resolver: "203.0.113.54",
  /** The distribution's package mirror. */
  mirror: "203.0.113.80",
  /** Elastic IPs. */
  publicPool: "203.0.113.128/25",
  /** The same hosts in 2001:db8::/32 (RFC 3849). The object storage and the mirror are reached over IPv4 only. */
  ipv6: {
    cidr: "2001:db8::/64",
    stranger: "2001:db8::1",
    machine: "2001:db8::2",
    cloud: "2001:db8::3",
    acme: "2001:db8::14",
    peer: "2001:db8::25",
    nameservers: ["2001:db8::53", "2001:db8::52"],
    resolver: "2001:db8::54",
    /** VPCs get a /56 of it; the way there is through the cloud's router. */
    vpcPool: "2001:db8:c000::/40",
  },
} as const;
