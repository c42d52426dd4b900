import { testAuthority } from "../support/certificates";
import { smtpServer } from "../support/smtp-server";
import type { World } from "../support/world";
import type { Zone } from "../support/zone";

/** CAA records as they should be, for a certificate of Let's Encrypt. */
export const caa = [
  '0 issue "letsencrypt.org"',
  '0 issuewild ";"',
  '0 issuemail ";"',
  '0 iodef "mailto:postmaster@example.com"',
];

export interface CaaOptions {
  /** Names of the mail host's certificate. */
  readonly names?: readonly string[];
  /** Who issued it. */
  readonly organization?: string;
  readonly world?: World;
}

/** example.com with CAA records; its mail host has a certificate of Let's Encrypt unless said otherwise. */
export async function caaWorld(
  records: readonly string[] | Zone = caa,
  { names = ["mx.example.com"], organization, world = {} }: CaaOptions = {},
): Promise<World> {
  const tls = await (await testAuthority(organization)).issue({ names });
  return {
    ...zoneOnly(records),
    ...world,
    listeners: { "192.0.2.1:25": await smtpServer({ tls }), ...world.listeners },
  };
}

/** As {@link caaWorld}, with a mail host that is not on. */
export function zoneOnly(records: readonly string[] | Zone = caa): World {
  const isList = (value: readonly string[] | Zone): value is readonly string[] => Array.isArray(value);
  return {
    zone: {
      "example.com MX": ["10 mx.example.com"],
      "mx.example.com A": ["192.0.2.1"],
      ...(isList(records) ? { "example.com CAA": records } : records),
    },
  };
}

/** The records without those of a property. */
export function without(tag: string): readonly string[] {
  return caa.filter((record) => !record.startsWith(`0 ${tag} `));
}
