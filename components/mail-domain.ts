import * as pulumi from "@pulumi/pulumi";
import { PrivateKey } from "@pulumi/tls/privateKey";
import {
  type DmarcPolicy,
  type DnsRecord,
  dkimContent,
  dkimRecord,
  dmarcRecord,
  mxRecord,
  spfRecord,
} from "../records";
import { check } from "./check";
import { refuse } from "./problems";
import { publish, published } from "./publish";

export interface MailDomainArgs {
  /** The domain, for example `example.com`. */
  readonly domain: string;
  /** The Cloudflare zone that the domain is in. */
  readonly zoneId: pulumi.Input<string>;
  /** The host that receives and sends the domain's mail. */
  readonly hostname: string;
  /** What receivers do with mail that is not the domain's own. @default "reject" */
  readonly dmarcPolicy?: DmarcPolicy;
  /**
   * Names whose SPF record lists further senders of the domain's mail, at most nine. A second SPF record beside this
   * one would make both void.
   * @default none
   */
  readonly spfIncludes?: readonly string[];
  /** Whether the DKIM keys are protected from deletion. @default true */
  readonly protect?: boolean;
}

/** A key that signs a domain's mail. */
export interface DkimKey {
  /** Names the key's record, `<selector>._domainkey.<domain>`. */
  readonly selector: string;
  readonly algorithm: "rsa" | "ed25519";
  /** PKCS#8; secret. */
  readonly privateKeyPem: pulumi.Output<string>;
}

/** A domain's mail: where it goes (MX), who may send it (SPF, DKIM) and what becomes of the rest (DMARC). */
export class MailDomain extends pulumi.ComponentResource {
  readonly domain: string;
  /** RSA for every receiver, Ed25519 for those that have it: both sign each message (RFC 8463 section 3). */
  readonly dkim: readonly DkimKey[];
  /** All that is published for the domain. */
  readonly records: pulumi.Output<DnsRecord[]>;

  constructor(name: string, args: MailDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    const { domain, hostname, dmarcPolicy, spfIncludes = [] } = args;
    refuse(`MailDomain ${name}`, check({ hostname, domains: [{ name: domain, dmarcPolicy, spfIncludes }] }));
    super("pulumi-mailserver:index:MailDomain", name, args, opts);
    const child = { parent: this };
    const kept = { parent: this, protect: args.protect ?? true };
    const { zoneId } = args;

    const senders = ["mx" as const, ...spfIncludes.map((include) => ({ include }))];
    const mx = publish(`${name}-mx`, zoneId, mxRecord(domain, hostname), child);
    const spf = publish(`${name}-spf`, zoneId, spfRecord(domain, senders), child);
    const dmarc = publish(`${name}-dmarc`, zoneId, dmarcRecord(domain, dmarcPolicy ?? "reject"), child);

    const rsa = new PrivateKey(`${name}-dkim-rsa`, { algorithm: "RSA", rsaBits: 2048 }, kept);
    const ed25519 = new PrivateKey(`${name}-dkim-ed25519`, { algorithm: "ED25519" }, kept);
    const rsaRecord = publish(
      `${name}-dkim-rsa`,
      zoneId,
      dkimRecord(selectors.rsa, domain, rsa.publicKeyPem.apply(dkimContent)),
      child,
    );
    const ed25519Record = publish(
      `${name}-dkim-ed25519`,
      zoneId,
      dkimRecord(selectors.ed25519, domain, ed25519.publicKeyPem.apply(dkimContent)),
      child,
    );

    this.domain = domain;
    this.dkim = [
      { selector: selectors.rsa, algorithm: "rsa", privateKeyPem: rsa.privateKeyPemPkcs8 },
      { selector: selectors.ed25519, algorithm: "ed25519", privateKeyPem: ed25519.privateKeyPemPkcs8 },
    ];
    this.records = published([mx, spf, dmarc, rsaRecord, ed25519Record]);
    this.registerOutputs({ domain: this.domain, dkim: this.dkim, records: this.records });
  }
}

const selectors = { rsa: "rsa1", ed25519: "ed1" } as const;
