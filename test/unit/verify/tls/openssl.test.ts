import { beforeAll, describe, expect, it } from "vitest";
import type { MailPort } from "../../../../verify/tls/certificates";
import { best, oldVersions, weakCurves, weakSuites } from "../../../../verify/tls/profile";
import type { Weakness } from "../../../../verify/tls/suites";
import { versionName } from "../../../../verify/tls/versions";
import type { TestCertificate } from "../support/certificates";
import { opensslServer } from "../support/tls-openssl";
import { certificateFor, hostWith } from "../support/tls-server";
import { subjectIn } from "../support/world";

const port: MailPort = {
  host: "mx.example.com",
  address: "192.0.2.1",
  service: { port: 465, begins: "at once" },
};

interface Case {
  readonly args: readonly string[];
  readonly versions: readonly string[];
  readonly weaknesses?: readonly Weakness[];
  readonly curves?: readonly string[];
}

const strong = ["-cipher", "ECDHE+AESGCM:@SECLEVEL=0"];
const lax = ["-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"];

const cases: readonly Case[] = [
  { args: ["-tls1_3"], versions: ["TLS 1.3"] },
  { args: ["-tls1_2", ...strong], versions: ["TLS 1.2"] },
  { args: strong, versions: ["TLS 1.3", "TLS 1.2"] },
  { args: [...strong, "-serverpref"], versions: ["TLS 1.3", "TLS 1.2"] },
  { args: ["-no_tls1_3", ...strong, "-num_tickets", "0"], versions: ["TLS 1.2"] },
  {
    args: [...strong, "-groups", "P-256:secp192k1"],
    versions: ["TLS 1.3", "TLS 1.2"],
    curves: ["secp192k1"],
  },
  {
    args: ["-tls1_1", "-cipher", "ECDHE+AES:@SECLEVEL=0"],
    versions: ["TLS 1.1"],
    weaknesses: ["CBC"],
  },
  {
    args: ["-tls1", "-cipher", "kRSA+AES:@SECLEVEL=0"],
    versions: ["TLS 1.0"],
    weaknesses: ["static RSA"],
  },
  {
    args: ["-no_tls1_1", ...lax],
    versions: ["TLS 1.3", "TLS 1.2", "TLS 1.0"],
    weaknesses: ["no encryption", "no authentication", "static RSA", "DHE", "CBC"],
  },
  {
    args: lax,
    versions: ["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0"],
    weaknesses: ["no encryption", "no authentication", "static RSA", "DHE", "CBC"],
  },
];

describe("what a server of OpenSSL agrees to is found out", () => {
  let certificate: TestCertificate;
  beforeAll(async () => {
    certificate = await certificateFor({ keyType: "RSA-2048" });
  });

  for (const { args, versions, weaknesses = [], curves = [] } of cases)
    it(`with ${args.join(" ")}`, async () => {
      const subject = subjectIn(hostWith({ 465: await opensslServer(certificate, args) }));
      const { tls13, older } = await best(subject, port);
      const old = await oldVersions(subject, port);
      const all = [
        ...(tls13 ? [0x0304] : []),
        ...(older?.version === 0x0303 ? [0x0303] : []),
        ...old,
      ] as const;
      expect(all.map((one) => versionName(one as 0x0304))).toEqual(versions);
      const found = (await weakSuites(subject, port)).map(({ weakness }) => weakness);
      expect(found.sort()).toEqual([...weaknesses].sort());
      expect((await weakCurves(subject, port)).map(({ name }) => name)).toEqual(curves);
    });
});
