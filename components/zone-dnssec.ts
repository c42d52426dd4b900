import { getZoneDnssecOutput } from "@pulumi/cloudflare/getZoneDnssec";
import { ZoneDnssec as CloudflareDnssec } from "@pulumi/cloudflare/zoneDnssec";
import * as pulumi from "@pulumi/pulumi";

export interface ZoneDnssecArgs {
  /** The zone's name, for example `example.com`. */
  readonly zone: string;
  readonly zoneId: pulumi.Input<string>;
}

/** What a registrar asks for, each in a field of its own, and as one record (RFC 4034 section 5). */
export interface DelegationSigner {
  readonly keyTag: number;
  readonly algorithm: string;
  readonly digestType: string;
  readonly digest: string;
  /** The DNSKEY's public key in base64; some registrars make the DS record from it themselves. */
  readonly publicKey: string;
  readonly flags: number;
  /** In presentation format: `example.com. 3600 IN DS 2371 13 2 …`. */
  readonly record: string;
}

/**
 * A zone's signatures. They count only once the zone above has the DS record, which the registrar of the domain puts
 * there; until then every run says so.
 */
export class ZoneDnssec extends pulumi.ComponentResource {
  readonly zone: string;
  readonly ds: pulumi.Output<DelegationSigner>;
  /** `active` once the zone above vouches for it, `pending` before. */
  readonly status: pulumi.Output<string>;

  constructor(name: string, args: ZoneDnssecArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-mailserver:index:ZoneDnssec", name, args, opts);
    const { zone } = args;
    const signed = new CloudflareDnssec(
      name,
      { zoneId: args.zoneId, status: "active" },
      // To stop signing while the registrar has the DS record makes the whole domain unreachable.
      { parent: this, retainOnDelete: true, ignoreChanges: ["status"] },
    );
    const { keyTag, algorithm, digestType, digest, publicKey, flags, ds } = signed;

    this.zone = zone;
    this.ds = pulumi.output({ keyTag, algorithm, digestType, digest, publicKey, flags, record: ds });
    // The resource's own status is what was asked for.
    const seen = getZoneDnssecOutput({ zoneId: args.zoneId }, { parent: this, dependsOn: signed });
    this.status = pulumi.all([seen.status, ds]).apply(([status, record]) => {
      if (status !== "active") void pulumi.log.warn(warning(zone, status, record), this);
      return status;
    });
    this.registerOutputs({ zone: this.zone, ds: this.ds, status: this.status });
  }
}

function warning(zone: string, status: string, ds: string): string {
  // A DS record for a zone that is not signed makes all of it unreachable.
  if (status !== "pending")
    return (
      `DNSSEC of ${zone} is ${status} at Cloudflare, which this stack had turned on: turn it on again there. Until ` +
      `then the registrar of ${zone} must have no DS record, or nobody who checks signatures can look the domain up.`
    );
  return (
    `DNSSEC of ${zone} is pending: nobody can check its signatures, and DANE does not work, before the registrar ` +
    `of ${zone} has this DS record: ${ds}`
  );
}
