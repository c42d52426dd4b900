import type { Site } from "./site";

const host = "mx1.example.test";

/**
 * Puts in place by hand what some faults are planted in, and no stack has of itself: a DKIM key that does not sign, and
 * a second certificate.
 * @returns what takes it away again
 */
export async function complete(site: Site): Promise<() => Promise<void>> {
  const undo = await site.zone({ "spare._domainkey.example.test TXT": [site.dkim] });
  const stale = await site.certificate(host);
  const write = (path: string, text: string) =>
    `echo ${Buffer.from(text).toString("base64")} | base64 -d | install -m 600 /dev/stdin ${path}`;
  await site.host(`
    ${write("/etc/mailserver/tls/stale.pem", stale.certPem)}
    ${write("/etc/mailserver/tls/stale-key.pem", stale.keyPem)}`);
  return async () => {
    await undo();
    await site.host("rm -f /etc/mailserver/tls/stale.pem /etc/mailserver/tls/stale-key.pem");
  };
}
