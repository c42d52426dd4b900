import { countSpfLookups, lookUpZones, MailServer, type MailServerArgs } from "../../../components";
import { openCloud } from "../../../local/providers/cloud";
import { type Dashboard, dashboard } from "../../../local/providers/cloudflare/dashboard";
import { blowfish } from "../../unit/config/support/hashes";
import type { TestCloud } from "./cloud";

/** A program with one mail server at example.test, which looks at what the zone holds before. */
export function mailServer(
  choices: Partial<MailServerArgs> = {},
  domain: Partial<MailServerArgs["domains"][number]> = {},
) {
  return async () => {
    const { at, contents } = await lookUpZones([{ name: "example.test", key: "domain" }]);
    const domains = choices.domains ?? [{ name: "example.test", ...at("example.test"), ...domain }];
    const { instanceId, publicIp, bundleDigest, records } = new MailServer("mail", {
      hostname: "mx1.example.test",
      hostZoneId: at("example.test").zoneId,
      contents,
      spfLookups: await countSpfLookups(
        domains.map((each) => ({ ...each, zoneId: at("example.test").zoneId })),
        contents,
      ),
      mailboxes: [{ address: "alice@example.test", passwordHash: blowfish }],
      postmaster: "alice@example.test",
      protect: false,
      ...choices,
      domains,
    });
    return { instanceId, publicIp, bundleDigest, records };
  };
}

/** Cloudflare's dashboard, where people do by hand what no program declares. */
export function dashboardOf({ store, world, account }: TestCloud): Dashboard {
  return dashboard(openCloud({ store, world, account }));
}
