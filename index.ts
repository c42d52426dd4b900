import "./stack-traces";
import * as pulumi from "@pulumi/pulumi";
import { countSpfLookups, lookUpZones, MailServer, ZoneDnssec, zoneFile } from "./components";
import { parse } from "./config";

/** One mail server, as the stack's configuration says; nothing is declared before all of it is found to be good. */
export = async () => {
  const { zones, cloudflareAccounts, hostZone, dnssec, ...settings } = parse(pulumi.runtime.allConfig());
  const { at, contents } = await lookUpZones(zones, cloudflareAccounts);
  const inZone = <T extends { zone: string }>({ zone, ...domain }: T) => ({ ...domain, ...at(zone) });
  const domains = settings.domains.map(inZone);

  const server = new MailServer("mail", {
    ...settings,
    hostZoneId: at(hostZone).zoneId,
    hostZoneProvider: at(hostZone).provider,
    domains,
    parkedDomains: settings.parkedDomains.map(inZone),
    contents,
    spfLookups: await countSpfLookups(domains, contents),
  });
  const signed = (dnssec ? zones : []).map(
    ({ name }) =>
      new ZoneDnssec(name, { zone: name, zoneId: at(name).zoneId }, { provider: at(name).provider }),
  );

  const { hostname, publicIp, ipv6Address, instanceId, records } = server;
  const { bucket, statusKey, bundleDigest, hostKeySha256 } = server;
  return {
    ...{ hostname, publicIp, ipv6Address, instanceId, bucket, statusKey, bundleDigest, hostKeySha256 },
    records: records.apply((all) => zoneFile(all)),
    domains: domains.map(({ name }) => name),
    mailboxes: settings.mailboxes.map(({ address }) => address),
    dnssec: signed.map(({ zone, status, ds }) => ({ zone, status, ds: ds.record })),
  };
};
