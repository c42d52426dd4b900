import { createDiffieHellmanGroup } from "node:crypto";
import { tlsKeyExchange } from "../../../../verify/checks/tls/key-exchange";
import { picking } from "../support/tls-hello";
import { certificateFor, hostWith, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";

const rsa = () => certificateFor({ keyType: "RSA-2048" });
const ciphers = "ECDHE+AESGCM:DHE+AESGCM:@SECLEVEL=0";

/** DHParameters of RFC 3526 and before, PEM. */
function dhparam(group: string): string {
  const integer = (bytes: Buffer) => der(0x02, Buffer.concat([Buffer.alloc(1), bytes]));
  const dh = createDiffieHellmanGroup(group);
  const body = der(0x30, Buffer.concat([integer(dh.getPrime()), integer(dh.getGenerator())]));
  return `-----BEGIN DH PARAMETERS-----\n${body.toString("base64")}\n-----END DH PARAMETERS-----\n`;
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

describeCheck(tlsKeyExchange, [
  {
    when: "there is ECDHE in good groups",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /exchanges keys by ECDHE in X25519/,
  },
  { when: "there is TLS 1.3 alone", world: () => mailHost({ minVersion: "TLSv1.3" }), outcome: "passed" },
  {
    when: "the IMAP server has DHE with a prime of 1024 bits (Logjam)",
    world: async () => mailHost({}, { 993: { ...(await rsa()), ciphers, dhparam: dhparam("modp2") } }),
    outcome: "failed",
    evidence:
      /on port 993 agrees to DHE with a prime of 1024 bits, for example TLS_DHE_RSA_WITH_AES_256_GCM_SHA384/,
    remedy: /Dovecot: ssl_cipher_list/,
  },
  {
    when: "there is DHE with a good prime, which is deprecated",
    world: async () => mailHost({}, { 465: { ...(await rsa()), ciphers, dhparam: dhparam("modp14") } }),
    outcome: "warning",
    evidence: /prime of 2048 bits/,
    remedy: /smtpd_tls_exclude_ciphers = kDHE/,
  },
  {
    when: "a server agrees to a curve of 163 bits",
    world: () => mailHost({ ciphers: "ECDHE+AESGCM:@SECLEVEL=0", ecdhCurve: "X25519:P-256:sect163k1" }),
    outcome: "failed",
    evidence: /the weak group sect163k1/,
  },
  {
    when: "a server agrees to a deprecated curve",
    world: () => mailHost({ ciphers: "ECDHE+AESGCM:@SECLEVEL=0", ecdhCurve: "X25519:P-256:secp256k1" }),
    outcome: "warning",
    evidence: /the weak group secp256k1/,
  },
  {
    when: "a server has static RSA alone, which is another check's",
    world: async () => hostWith({ 465: await picking([0x009d]) }),
    outcome: "not-applicable",
  },
]);
