/** Of well-formed hashes of no password in particular. */
export const blowfish = `{BLF-CRYPT}$2y$12$${"abcdefghij".repeat(5)}abc`;
export const argon2id = `{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$${"c2FsdA".repeat(4)}$${"aGFzaA".repeat(8)}`;
export const sha512 = `{SHA512-CRYPT}$6$saltsalt$${"0123456789".repeat(8)}abcdef`;
