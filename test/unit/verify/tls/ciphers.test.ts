import { tlsCiphers } from "../../../../verify/checks/tls/ciphers";
import { helloServer, picking, serverHello } from "../support/tls-hello";
import { certificateFor, hostWith, lax, mailHost } from "../support/tls-server";
import { describeCheck, type World } from "../support/world";

/** A host whose port 465 knows, of TLS 1.2, these suites alone; this machine's OpenSSL can't do all of them. */
const knowing = async (...suites: number[]): Promise<World> => hostWith({ 465: await picking(suites) });

const rsa = async () => certificateFor({ keyType: "RSA-2048" });
const only = async (ciphers: string) =>
  mailHost({}, { 465: { ...(await rsa()), ciphers: `${ciphers}:@SECLEVEL=0` } });

describeCheck(tlsCiphers, [
  {
    when: "there is ECDHE with authenticated encryption only",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /agrees to strong cipher suites only/,
  },
  { when: "there is TLS 1.3 alone", world: () => mailHost({ minVersion: "TLSv1.3" }), outcome: "passed" },
  {
    when: "port 465 has CBC beside it",
    world: () => only("ECDHE+AESGCM:ECDHE+AES"),
    outcome: "warning",
    evidence: /^[^\n]* on port 465 agrees to CBC, for example TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384\.$/,
    remedy: /tls_high_cipherlist = ECDHE\+AESGCM:ECDHE\+CHACHA20/,
  },
  {
    when: "port 465 has static RSA beside it",
    world: () => only("ECDHE+AESGCM:kRSA+AESGCM"),
    outcome: "warning",
    evidence: /agrees to static RSA, for example TLS_RSA_WITH_AES_256_GCM_SHA384\.$/,
  },
  {
    when: "port 465 does not need a certificate",
    world: () => only("ECDHE+AESGCM:AECDH"),
    outcome: "failed",
    evidence: /agrees to no authentication, for example TLS_ECDH_anon_/,
  },
  {
    when: "port 465 does not need encryption",
    world: () => only("ECDHE+AESGCM:eNULL"),
    outcome: "failed",
    evidence: /agrees to no encryption, for example TLS_/,
  },
  {
    when: "a server of 2001 has RC4, 3DES and export suites, each of which is named",
    world: () => knowing(0x0003, 0x0005, 0x000a, 0xc02f),
    outcome: "failed",
    evidence:
      /export-grade encryption, for example TLS_RSA_EXPORT_WITH_RC4_40_MD5\.\n.*RC4, for example TLS_RSA_WITH_RC4_128_SHA\.\n.*64-bit blocks, for example TLS_RSA_WITH_3DES_EDE_CBC_SHA\./,
  },
  {
    when: "there is CBC because there is TLS 1.0, which is another check's",
    world: async () => mailHost({ ...(await rsa()), ...lax, ciphers: "ECDHE+AESGCM:ECDHE+AES:@SECLEVEL=0" }),
    outcome: "not-applicable",
  },
  {
    when: "there is DHE, which is another check's",
    world: () => knowing(0x009f, 0xc02f),
    outcome: "passed",
  },
  {
    when: "a server agrees to what was not offered",
    world: async () => hostWith({ 465: await helloServer(() => serverHello({ suite: 0x0001 + 0xff00 })) }),
    outcome: "not-checked",
    evidence: /agrees to a cipher suite not offered/,
  },
]);
