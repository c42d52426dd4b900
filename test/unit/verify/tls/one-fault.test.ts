import type { TlsOptions } from "node:tls";
import { describe, expect, it } from "vitest";
import { certificate } from "../../../../verify/checks/certificate";
import { tls } from "../../../../verify/checks/tls";
import type { Network } from "../../../../verify/network";
import { verify } from "../../../../verify/verify";
import { selfSigned } from "../certificate/support/chains";
import { certificateFor, mailHost } from "../support/tls-server";
import { subjectIn } from "../support/world";

const checks = [...tls, ...certificate];
const everything = "ECDHE+AESGCM:ECDHE+AES:@SECLEVEL=0";

/** What is planted on IMAP's port of a good host. */
const faults: readonly (readonly [fault: string, id: string, () => Promise<TlsOptions>])[] = [
  ["TLS 1.0", "tls-versions", async () => ({ minVersion: "TLSv1", ciphers: everything })],
  ["no TLS 1.3", "tls-modern", async () => ({ maxVersion: "TLSv1.2" })],
  ["CBC", "tls-ciphers", async () => ({ ciphers: everything })],
  ["no authentication", "tls-ciphers", async () => ({ ciphers: "ECDHE+AESGCM:AECDH:@SECLEVEL=0" })],
  [
    "a small curve",
    "tls-key-exchange",
    async () => ({ ciphers: "ECDHE+AESGCM:@SECLEVEL=0", ecdhCurve: "X25519:secp192k1:P-256" }),
  ],
  ["no extended master secret", "tls-extended-master-secret", async () => ({ secureOptions: 1 })],
  ["a self-signed certificate", "certificate-trusted", () => selfSigned()],
  ["another name", "certificate-name", () => certificateFor({ names: ["example.com"] })],
  [
    "an expired certificate",
    "certificate-expiry",
    () => certificateFor({ notBefore: new Date("2026-08-01"), notAfter: new Date("2026-11-01") }),
  ],
  [
    "the certificate of before",
    "certificate-same",
    () => certificateFor({ notBefore: new Date("2026-10-01") }),
  ],
];

describe("the checks of TLS and certificates together", () => {
  it("find nothing wrong with a good host, for six connections a port", async () => {
    const { subject, connections } = counting(subjectIn(await mailHost()));
    const report = await verify(subject, checks);
    const noPin = ({ id }: { id: string }) => id !== "certificate-pin";
    expect(report.checks.filter(noPin).map(({ outcome }) => outcome)).toEqual(
      checks.filter(noPin).map(() => "passed"),
    );
    // The handshake, and what is offered: 1.3, all up to 1.2, old versions, weak suites, weak groups.
    expect(connections).toEqual({ 25: 6, 465: 6, 587: 6, 993: 6, 143: 1, 995: 1, 110: 1, 4190: 1 });
  });

  for (const [fault, id, options] of faults)
    it(`name ${fault} once`, async () => {
      const planted = await options();
      const report = await verify(subjectIn(await mailHost({}, { 993: planted })), checks);
      const named = report.checks.filter(
        ({ outcome }) => outcome !== "passed" && outcome !== "not-applicable",
      );
      expect(named.map((check) => check.id)).toEqual([id]);
      expect(named[0]?.evidence).toMatch(/^mx\.example\.com \(192\.0\.2\.1\) on port 993 /);
    });
});

function counting(subject: ReturnType<typeof subjectIn>) {
  const connections: Record<number, number> = {};
  const connect: Network["connect"] = (to, options) => {
    connections[to.port] = (connections[to.port] ?? 0) + 1;
    return subject.network.connect(to, options);
  };
  return { subject: { ...subject, network: { ...subject.network, connect } }, connections };
}
