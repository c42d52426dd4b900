import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { HostCertificate } from "../../components";
import { isSecret, mockEngine, registered } from "./support/mocks";

describe("a host's certificate", () => {
  it("is made from one ECDSA P-256 key, which stays secret", async () => {
    const engine = await mockEngine();
    const certificate = new HostCertificate("mail", { hostname: "mx1.example.org" });
    await registered();
    expect(engine.one("tls:index/privateKey:PrivateKey").inputs).toEqual({
      algorithm: "ECDSA",
      ecdsaCurve: "P256",
    });
    expect(await pulumi.isSecret(certificate.privateKeyPem)).toBe(true);
    for (const type of ["tls:index/certRequest:CertRequest", "tls:index/selfSignedCert:SelfSignedCert"]) {
      const { inputs } = engine.one(type);
      expect(isSecret(inputs.privateKeyPem)).toBe(true);
      expect(inputs).toMatchObject({
        subject: { commonName: "mx1.example.org" },
        dnsNames: ["mx1.example.org"],
      });
    }
  });

  it("starts with one that is good for years, so that no `pulumi up` has to renew it", async () => {
    const engine = await mockEngine();
    new HostCertificate("mail", { hostname: "mx1.example.org" });
    await registered();
    const { inputs } = engine.one("tls:index/selfSignedCert:SelfSignedCert");
    expect(inputs.validityPeriodHours).toBe(87_600);
    expect(inputs.allowedUses).toEqual(["digital_signature", "server_auth"]);
  });
});
