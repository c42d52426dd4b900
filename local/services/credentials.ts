import { randomBytes, randomInt } from "node:crypto";

/** Temporary credentials of a role, as the metadata service hands them to an instance. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly issued: Date;
  readonly expires: Date;
}

/** Whom credentials stand for. */
export interface Principal {
  readonly role: string;
  readonly instanceId: string;
}

export interface Credentials {
  /** The instance's credentials for the role: the same ones until a quarter of an hour before they expire. */
  issue(principal: Principal): TemporaryCredentials;
  find(accessKeyId: string): { credentials: TemporaryCredentials; principal: Principal } | undefined;
}

const lifetime = 6 * 60 * 60 * 1000;
const renewBefore = 15 * 60 * 1000;

/**
 * Issues credentials and remembers them for as long as the cloud runs.
 * @param now the current time in milliseconds
 */
export function openCredentials(now: () => number = Date.now): Credentials {
  const byKey = new Map<string, { credentials: TemporaryCredentials; principal: Principal }>();
  const latest = new Map<string, TemporaryCredentials>();

  return {
    issue: (principal) => {
      const name = `${principal.instanceId}/${principal.role}`;
      const present = latest.get(name);
      if (present && present.expires.getTime() - now() > renewBefore) return present;
      const credentials: TemporaryCredentials = {
        accessKeyId: `ASIA${accessKeyTail()}`,
        secretAccessKey: randomBytes(30).toString("base64"),
        sessionToken: randomBytes(256).toString("base64"),
        issued: new Date(now()),
        expires: new Date(now() + lifetime),
      };
      latest.set(name, credentials);
      byKey.set(credentials.accessKeyId, { credentials, principal });
      return credentials;
    },
    find: (accessKeyId) => byKey.get(accessKeyId),
  };
}

/** Sixteen characters of Base32 (RFC 4648). */
function accessKeyTail(): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join("");
}
