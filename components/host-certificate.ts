import { createHash, createPublicKey } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { CertRequest } from "@pulumi/tls/certRequest";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";
import type { PlannedKey } from "../records";
import { check } from "./check";
import { refuse } from "./problems";

export interface HostCertificateArgs {
  /** At most 64 characters. */
  readonly hostname: string;
  /**
   * The host's keys by generation; the certificates are made with the one that signs.
   * @default the first one alone
   */
  readonly keys?: readonly PlannedKey[];
  /** Whether the keys are protected from deletion. @default true */
  readonly protect?: boolean;
}

/** A generation of the host's key, in use or not. */
export interface HostKey extends PlannedKey {
  /** The SHA-256 of the key's SubjectPublicKeyInfo in hexadecimal, as a TLSA record `3 1 1` has it (RFC 6698). */
  readonly sha256: pulumi.Output<string>;
}

/**
 * What a host's certificates are made from. The key stays the same through all renewals, so what is derived from it
 * stays true; the authority is only ever sent the request.
 */
export class HostCertificate extends pulumi.ComponentResource {
  /** ECDSA P-256, PKCS#8; secret. */
  readonly privateKeyPem: pulumi.Output<string>;
  /** A PKCS#10 request for the host's name. */
  readonly requestPem: pulumi.Output<string>;
  /** Self-signed; serves until the authority has issued one. */
  readonly bootstrapPem: pulumi.Output<string>;
  /** Of the key in use: see {@link HostKey.sha256}. */
  readonly keySha256: pulumi.Output<string>;
  /** Every generation. */
  readonly keys: readonly HostKey[];

  constructor(name: string, args: HostCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`HostCertificate ${name}`, check({ hostname: args.hostname }));
    super("pulumi-mailserver:index:HostCertificate", name, args, opts);
    const child = { parent: this };
    const { hostname, keys: planned = [first], protect = true } = args;

    const keys = planned.map(({ generation, stage }) => {
      const kept = protect && (stage === "signing" || stage === "published");
      const key = new PrivateKey(
        `${name}-${generation}`,
        { algorithm: "ECDSA", ecdsaCurve: "P256" },
        // It had no generation in its name once.
        { ...child, protect: kept, aliases: generation === 1 ? [{ name }] : [] },
      );
      return { generation, stage, key };
    });
    const used = keys.find(({ stage }) => stage === "signing")?.key;
    if (!used) throw new RangeError(`HostCertificate ${name}: one of the keys has to be in use`);

    const identity = {
      privateKeyPem: used.privateKeyPem,
      // lego finds the certificate to renew by the common name of the request.
      subject: { commonName: hostname },
      dnsNames: [hostname],
    };
    const request = new CertRequest(name, identity, child);
    const bootstrap = new SelfSignedCert(
      name,
      {
        ...identity,
        allowedUses: ["digital_signature", "server_auth"],
        validityPeriodHours: 10 * 365 * 24, // long out of force by then; a shorter one would be renewed by an `up`
      },
      child,
    );

    this.privateKeyPem = used.privateKeyPemPkcs8;
    this.requestPem = request.certRequestPem;
    this.bootstrapPem = bootstrap.certPem;
    this.keySha256 = used.publicKeyPem.apply(keySha256);
    this.keys = keys.map(({ generation, stage, key }) => ({
      generation,
      stage,
      sha256: key.publicKeyPem.apply(keySha256),
    }));
    this.registerOutputs({
      privateKeyPem: this.privateKeyPem,
      requestPem: this.requestPem,
      bootstrapPem: this.bootstrapPem,
      keySha256: this.keySha256,
      keys: this.keys,
    });
  }
}

const first: PlannedKey = { generation: 1, stage: "signing" };

function keySha256(publicKeyPem: string): string {
  const info = createPublicKey(publicKeyPem).export({ type: "spki", format: "der" });
  return createHash("sha256").update(info).digest("hex");
}
