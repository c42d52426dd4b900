import { createHash, createPublicKey } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { CertRequest } from "@pulumi/tls/certRequest";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";
import { check } from "./check";
import { refuse } from "./problems";

export interface HostCertificateArgs {
  /** At most 64 characters. */
  readonly hostname: string;
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
  /** The SHA-256 of the key's SubjectPublicKeyInfo in hexadecimal, as a TLSA record `3 1 1` has it (RFC 6698). */
  readonly keySha256: pulumi.Output<string>;

  constructor(name: string, args: HostCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`HostCertificate ${name}`, check({ hostname: args.hostname }));
    super("pulumi-mailserver:index:HostCertificate", name, args, opts);
    const child = { parent: this };

    const key = new PrivateKey(name, { algorithm: "ECDSA", ecdsaCurve: "P256" }, child);
    const identity = {
      privateKeyPem: key.privateKeyPem,
      // lego finds the certificate to renew by the common name of the request.
      subject: { commonName: args.hostname },
      dnsNames: [args.hostname],
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

    this.privateKeyPem = key.privateKeyPemPkcs8;
    this.requestPem = request.certRequestPem;
    this.bootstrapPem = bootstrap.certPem;
    this.keySha256 = key.publicKeyPem.apply(keySha256);
    this.registerOutputs({
      privateKeyPem: this.privateKeyPem,
      requestPem: this.requestPem,
      bootstrapPem: this.bootstrapPem,
      keySha256: this.keySha256,
    });
  }
}

function keySha256(publicKeyPem: string): string {
  const info = createPublicKey(publicKeyPem).export({ type: "spki", format: "der" });
  return createHash("sha256").update(info).digest("hex");
}
