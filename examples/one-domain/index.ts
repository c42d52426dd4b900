import * as cloudflare from "@pulumi/cloudflare";
import * as pulumi from "@pulumi/pulumi";
import { MailServer } from "pulumi-mailserver";

const config = new pulumi.Config();
const domain = config.require("domain");
const zone = cloudflare.getZoneOutput({ filter: { name: domain } });

const mail = new MailServer("mail", {
  hostname: `mail.${domain}`,
  hostZoneId: zone.zoneId,
  domains: [{ name: domain, zoneId: zone.zoneId }],
  mailboxes: [{ address: `carol@${domain}`, passwordHash: config.requireSecret("passwordHash") }],
  postmaster: `carol@${domain}`,
  architecture: "amd64",
  vpcCidr: config.get("vpcCidr"),
  acmeDirectory: config.get("acmeDirectory"),
  protect: false,
});

export const publicIp = mail.publicIp;
export const bucket = mail.bucket;
export const statusKey = mail.statusKey;
export const bundleDigest = mail.bundleDigest;
