import * as pulumi from "@pulumi/pulumi";
import { lookUpZones, MailServer, zoneFile } from "./components";
import { parse } from "./config";

/** One mail server, as the stack's configuration says; nothing is declared before all of it is found to be good. */
export = async () => {
  const { hostZone, domains, zones, ...settings } = parse(pulumi.runtime.allConfig());
  const zoneId = await lookUpZones(zones);

  const server = new MailServer("mail", {
    ...settings,
    hostZoneId: zoneId(hostZone),
    domains: domains.map(({ zone, ...domain }) => ({ ...domain, zoneId: zoneId(zone) })),
  });

  return {
    hostname: server.hostname,
    publicIp: server.publicIp,
    ipv6Address: server.ipv6Address,
    instanceId: server.instanceId,
    bucket: server.bucket,
    statusKey: server.statusKey,
    bundleDigest: server.bundleDigest,
    records: server.records.apply(zoneFile),
    hostKeySha256: server.hostKeySha256,
    domains: domains.map(({ name }) => name),
    mailboxes: settings.mailboxes.map(({ address }) => address),
  };
};
