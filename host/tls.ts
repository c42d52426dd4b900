/**
 * What every server of the host offers in TLS 1.2, in OpenSSL's words: forward secrecy and authenticated encryption
 * (RFC 9325 section 4.2). TLS 1.3 offers nothing less.
 */
export const tls12Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
