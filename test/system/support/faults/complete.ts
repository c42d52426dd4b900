import type { Site } from "./site";

const domain = "example.test";
const host = "mx1.example.test";

/**
 * Puts in place by hand what the stack does not publish yet, so that a fault of any of it can be planted.
 * @returns what takes it away again
 */
export async function complete(site: Site, hostKeySha256: string): Promise<() => Promise<void>> {
  const { address } = site;
  await publishPolicies(site);
  const undo = await site.zone({
    [`mta-sts.${domain} A`]: [address],
    [`autoconfig.${domain} A`]: [address],
    [`autodiscover.${domain} A`]: [address],
    [`_mta-sts.${domain} TXT`]: ['"v=STSv1; id=20261124T000000"'],
    [`_smtp._tls.${domain} TXT`]: [`"v=TLSRPTv1; rua=mailto:postmaster@${domain}"`],
    [`_25._tcp.${host} TLSA`]: [`3 1 1 ${hostKeySha256}`, `3 1 1 ${"5a".repeat(32)}`],
    [`spare._domainkey.${domain} TXT`]: [site.dkim],
    [`${domain} CAA`]: issuers,
    [`${host} CAA`]: issuers,
    [`_submissions._tcp.${domain} SRV`]: [`0 1 465 ${host}.`],
    [`_imaps._tcp.${domain} SRV`]: [`0 1 993 ${host}.`],
  });
  return async () => {
    await undo();
    await site.host(`
      cp -a /run/complete/nginx.conf /etc/nginx/nginx.conf
      rm -rf /run/complete /etc/nginx/web /etc/mailserver/tls/stale.pem /etc/mailserver/tls/stale-key.pem
      systemctl restart nginx`);
  };
}

const issuers = [
  '0 issue "acme.test"',
  '0 issuewild ";"',
  '0 issuemail ";"',
  `0 iodef "mailto:postmaster@${domain}"`,
];

const policy = `version: STSv1\r\nmode: enforce\r\nmx: ${host}\r\nmax_age: 604800\r\n`;

const autoconfig = `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="${domain}">
    <domain>${domain}</domain>
    <displayName>${domain}</displayName>
    <displayShortName>${domain}</displayShortName>
    <incomingServer type="imap">
      <hostname>${host}</hostname><port>993</port><socketType>SSL</socketType>
      <authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>${host}</hostname><port>465</port><socketType>SSL</socketType>
      <authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username>
    </outgoingServer>
  </emailProvider>
</clientConfig>
`;

const autodiscover = `<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">
  <Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">
    <Account>
      <AccountType>email</AccountType>
      <Action>settings</Action>
      <Protocol><Type>IMAP</Type><Server>${host}</Server><Port>993</Port><SSL>on</SSL></Protocol>
      <Protocol><Type>SMTP</Type><Server>${host}</Server><Port>465</Port><SSL>on</SSL></Protocol>
    </Account>
  </Response>
</Autodiscover>
`;

/** Serves the policy and the clients' settings from the mail host's own nginx, and lays a second certificate there. */
async function publishPolicies(site: Site): Promise<void> {
  const names = ["mta-sts", "autoconfig", "autodiscover"].map((label) => `${label}.${domain}`);
  const served = await site.certificate(...names);
  const stale = await site.certificate(host);
  const server = `
    server {
      listen 443 ssl; listen [::]:443 ssl;
      server_name ${names.join(" ")};
      ssl_certificate /etc/nginx/web/cert.pem; ssl_certificate_key /etc/nginx/web/key.pem;
      default_type text/plain;
      location = /.well-known/mta-sts.txt { root /etc/nginx/web; }
      location = /mail/config-v1.1.xml { default_type application/xml; alias /etc/nginx/web/config-v1.1.xml; }
      location = /autodiscover/autodiscover.xml {
        default_type application/xml; error_page 405 =200 $uri; alias /etc/nginx/web/autodiscover.xml;
      }
    }
  `;
  const write = (path: string, text: string, mode = 644) =>
    `echo ${Buffer.from(text).toString("base64")} | base64 -d | install -m ${mode} /dev/stdin ${path}`;
  await site.host(`
    mkdir -p /run/complete; cp -a /etc/nginx/nginx.conf /run/complete/nginx.conf
    mkdir -p /etc/nginx/web/.well-known
    ${write("/etc/nginx/web/cert.pem", served.certPem)}
    ${write("/etc/nginx/web/key.pem", served.keyPem, 600)}
    ${write("/etc/nginx/web/.well-known/mta-sts.txt", policy)}
    ${write("/etc/nginx/web/config-v1.1.xml", autoconfig)}
    ${write("/etc/nginx/web/autodiscover.xml", autodiscover)}
    ${write("/etc/nginx/web/server", server)}
    ${write("/etc/mailserver/tls/stale.pem", stale.certPem)}
    ${write("/etc/mailserver/tls/stale-key.pem", stale.keyPem, 600)}
    sed -i '$d' /etc/nginx/nginx.conf; cat /etc/nginx/web/server >>/etc/nginx/nginx.conf; echo '}' >>/etc/nginx/nginx.conf
    systemctl restart nginx`);
}
