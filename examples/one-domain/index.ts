import * as pulumi from "@pulumi/pulumi";
import { lookUpZones, MailServer } from "pulumi-mailserver";

export = async () => {
  const config = new pulumi.Config();
  const domain = config.require("domain");
  // What the zone holds already: whatever is in the way is told in the preview, and nothing of it is touched.
  const { at, contents } = await lookUpZones([{ name: domain, key: "domain" }]);

  const mail = new MailServer("mail", {
    hostname: `mail.${domain}`,
    hostZoneId: at(domain).zoneId,
    domains: [{ name: domain, ...at(domain) }],
    contents,
    mailboxes: [{ address: `carol@${domain}`, passwordHash: config.requireSecret("passwordHash") }],
    postmaster: `carol@${domain}`,
    architecture: "amd64",
    vpcCidr: config.get("vpcCidr"),
    acmeDirectory: config.get("acmeDirectory"),
    protect: false,
  });

  const { publicIp, bucket, statusKey, bundleDigest } = mail;
  return { publicIp, bucket, statusKey, bundleDigest };
};
