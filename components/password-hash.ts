/** What is wrong with a password hash; it never says the hash. */
export interface HashProblem {
  readonly got: string;
  readonly wants: string;
}

/**
 * Judges a password hash as Dovecot writes it, `{SCHEME}…`. Accepted are the salted and deliberately slow schemes, at
 * a cost that is still worth its name.
 * @see https://doc.dovecot.org/latest/core/config/auth/schemes.html
 */
export function checkPasswordHash(text: string): HashProblem | undefined {
  const name = /^\{([A-Za-z0-9.-]+)\}/.exec(text)?.[1]?.toUpperCase();
  if (name === undefined) return { got: "text without a {SCHEME} in front", wants: remedy };
  const scheme = schemes[name];
  if (scheme === undefined) {
    return {
      got: knownToDovecot.has(name) ? `a hash of the scheme {${name}}` : "an unknown scheme",
      wants: remedy,
    };
  }
  const parts = scheme.form.exec(text.slice(name.length + 2));
  if (!parts) return { got: `a malformed {${name}} hash`, wants: `${scheme.looksLike}; ${remedy}` };
  const weakness = scheme.weakness(parts.slice(1).map(Number));
  return weakness === undefined ? undefined : { got: `a {${name}} hash of too little cost`, wants: weakness };
}

interface Scheme {
  readonly looksLike: string;
  /** Its groups are the costs. */
  readonly form: RegExp;
  readonly weakness: (costs: readonly number[]) => string | undefined;
}

const schemes: Readonly<Record<string, Scheme>> = {
  "BLF-CRYPT": {
    looksLike: "$2y$, two digits, $ and 53 characters",
    form: /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/,
    weakness: ([rounds = 0]) =>
      rounds < 10
        ? "at least 10 rounds (`npx mailserver password` takes 12; the 5 of doveadm are quickly guessed)"
        : undefined,
  },
  ARGON2ID: {
    looksLike: "$argon2id$v=19$m=…,t=…,p=…$, the salt, $ and the hash",
    form: /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$[+/A-Za-z0-9]{11,}\$[+/A-Za-z0-9]{22,}$/,
    weakness: ([memory = 0, passes = 0]) => {
      if (memory < 19456 || passes < 2) return "at least 19456 KiB (m) and 2 passes (t)";
      // A login takes that much memory on the host.
      return memory > 131072
        ? "at most 131072 KiB (m): each login takes that much of the host's memory"
        : undefined;
    },
  },
  "SHA512-CRYPT": {
    looksLike: "$6$, a salt of 8 to 16 characters, $ and 86 characters",
    form: /^\$6\$(?:rounds=(\d+)\$)?[./A-Za-z0-9]{8,16}\$[./A-Za-z0-9]{86}$/,
    weakness: ([rounds]) =>
      // Without a number it is crypt(5)'s default of 5000, and the group is NaN.
      rounds !== undefined && rounds < 5000 ? "at least 5000 rounds" : undefined,
  },
};

/** Schemes whose name may be repeated in a message; anything else in braces might be a password. */
const knownToDovecot = new Set(
  [
    "PLAIN CLEAR CLEARTEXT PLAIN-TRUNC CRAM-MD5 HMAC-MD5 DIGEST-MD5 PLAIN-MD4 PLAIN-MD5 LDAP-MD5 LANMAN NTLM OTP RPA",
    "MD5 MD5-CRYPT SMD5 SHA SHA1 SSHA SHA256 SSHA256 SHA512 SSHA512 CRYPT DES-CRYPT SHA256-CRYPT ARGON2I PBKDF2",
    "SCRAM-SHA-1 SCRAM-SHA-256",
  ].flatMap((names) => names.split(" ")),
);

const remedy = "{BLF-CRYPT}, {ARGON2ID} or {SHA512-CRYPT} (`npx mailserver password` makes one)";
