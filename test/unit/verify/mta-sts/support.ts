import { httpsServer, type Page, type Pages, trusted } from "../support/https-server";
import { smtpServer } from "../support/smtp-server";
import type { World } from "../support/world";

export const policy = "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 604800\r\n";
export const path = "/.well-known/mta-sts.txt";

/** What the DNS holds for example.com where nothing is wrong. */
export const zone = {
  "example.com MX": ["10 mx.example.com"],
  "mx.example.com A": ["192.0.2.1"],
  "mta-sts.example.com A": ["192.0.2.2"],
  "_mta-sts.example.com TXT": ["v=STSv1; id=20261124T000000"],
};

export interface StsOptions {
  readonly policy?: Page | string;
  readonly pages?: Pages;
  /** Names of the policy host's certificate; none for no TLS. */
  readonly webNames?: readonly string[];
  /** Names of the mail host's certificate; none for no STARTTLS. */
  readonly mailNames?: readonly string[];
  readonly mailExpired?: boolean;
  readonly world?: World;
}

/** example.com with MTA-STS, but for what is said otherwise. */
export async function stsWorld(options: StsOptions = {}): Promise<World> {
  const { webNames = ["mta-sts.example.com"], mailNames = ["mx.example.com"], world = {} } = options;
  const { root, ...web } = await trusted({ names: webNames.length > 0 ? webNames : ["none"] });
  const mail = await trusted({
    names: mailNames.length > 0 ? mailNames : ["none"],
    notAfter: options.mailExpired ? new Date("2026-11-02") : undefined,
  });
  const pages = options.pages ?? { [path]: options.policy ?? policy };
  return {
    zone,
    authorities: [root],
    ...world,
    listeners: {
      "192.0.2.1:25": await smtpServer(mailNames.length > 0 ? { tls: mail } : {}),
      "192.0.2.2:443": await httpsServer(webNames.length > 0 ? web : undefined, pages),
      ...world.listeners,
    },
  };
}

/** The good policy with something replaced. */
export function policyBut(from: string | RegExp, to: string): string {
  return policy.replace(from, to);
}
