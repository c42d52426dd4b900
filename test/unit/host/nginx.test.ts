import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { Bundle } from "../../../host";
import { escapeXml } from "../../../host/nginx/xml";
import { fileOf, partOf, render } from "./support/declaration";

const policy = "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.test\r\nmax_age: 604800\r\n";
const bundle = render({
  domains: [
    { name: "example.test", dkim: [], web: { mtaStsPolicy: policy } },
    { name: "example.org", dkim: [], web: {} },
    { name: "example.net", dkim: [] },
  ],
});
const configuration = (of: Bundle) => fileOf(of, "/etc/nginx/nginx.conf");
const web = "/etc/nginx/web";

describe("nginx", () => {
  it("renders its configuration whole", async () => {
    await expect(configuration(bundle)).toMatchFileSnapshot("snapshots/nginx.conf");
    await expect(fileOf(bundle, "/etc/nginx/answers.conf")).toMatchFileSnapshot("snapshots/answers.conf");
  });

  it("serves the authority's challenges where lego puts them, and nothing else without web names", () => {
    const lego = JSON.parse(fileOf(render(), "/etc/mailserver/certificate.json"));
    const text = configuration(render());
    expect(text.match(/root .*;/g)).toEqual([`root ${lego.webroot};`]);
    expect(text).toMatch(/location \^~ \/\.well-known\/acme-challenge\/ \{/);
    expect(text).toMatch(/ssl_protocols TLSv1\.2 TLSv1\.3;/);
    expect(partOf(render(), "lego").directories.map(({ path }) => path)).toEqual([lego.webroot]);
  });

  it("serves each domain's names with the domain's own certificate, and no other name", () => {
    const text = configuration(bundle);
    expect(text.match(/server_name .*;/g)).toEqual([
      "server_name mx1.example.test;",
      "server_name ~.;",
      "server_name mta-sts.example.test autoconfig.example.test autodiscover.example.test;",
      "server_name autoconfig.example.org autodiscover.example.org;",
    ]);
    expect(text).toMatch(/server_name ~\.;\s+ssl_reject_handshake on;/);
    const { web: sites } = JSON.parse(fileOf(bundle, "/etc/mailserver/certificate.json"));
    for (const { pair } of sites) expect(text).toContain(`ssl_certificate ${pair};`);
  });

  it("has the policy of MTA-STS byte for byte, where there is one", () => {
    expect(fileOf(bundle, `${web}/mta-sts.example.test/.well-known/mta-sts.txt`)).toBe(policy);
    const paths = partOf(bundle, "nginx").files.map(({ path }) => path);
    expect(paths.filter((path) => path.includes("mta-sts.example.org"))).toEqual([]);
  });

  it.each(["mail/config-v1.1.xml", "mail.mobileconfig"])("has a well-formed %s", (file) => {
    expect(XMLValidator.validate(fileOf(bundle, `${web}/autoconfig.example.org/${file}`))).toBe(true);
  });

  it("tells Thunderbird IMAP with TLS from the start, and submission the same way first", () => {
    const { clientConfig } = new XMLParser({ ignoreAttributes: false }).parse(
      fileOf(bundle, `${web}/autoconfig.example.org/mail/config-v1.1.xml`),
    );
    const provider = clientConfig.emailProvider;
    expect(provider.domain).toBe("example.org");
    const server = (port: number, socketType: string) => ({
      hostname: "mx1.example.test",
      port,
      socketType,
      authentication: "password-cleartext",
      username: "%EMAILADDRESS%",
    });
    expect(provider.incomingServer).toEqual({ "@_type": "imap", ...server(993, "SSL") });
    expect(provider.outgoingServer).toEqual([
      { "@_type": "smtp", ...server(465, "SSL") },
      { "@_type": "smtp", ...server(587, "STARTTLS") },
    ]);
  });

  it("tells Outlook the same, with a place for the user's name", () => {
    const text = fileOf(bundle, `${web}/autodiscover.example.org/autodiscover.xml`);
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text.match(/<!-- LoginName -->/g)).toHaveLength(2);
    const { Autodiscover } = new XMLParser().parse(text);
    expect(Autodiscover.Response.Account.Protocol).toMatchObject([
      { Type: "IMAP", Server: "mx1.example.test", Port: 993, SSL: "on" },
      { Type: "SMTP", Server: "mx1.example.test", Port: 465, SSL: "on" },
    ]);
  });

  it("gives a profile for Apple's devices the same identity each time, and each domain another", () => {
    const uuids = (domain: string) =>
      fileOf(bundle, `${web}/autoconfig.${domain}/mail.mobileconfig`).match(
        /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g,
      );
    expect(uuids("example.org")).toHaveLength(2);
    expect(new Set([...(uuids("example.org") ?? []), ...(uuids("example.test") ?? [])]).size).toBe(4);
    expect(
      fileOf(
        render({ domains: [{ name: "example.org", dkim: [], web: {} }] }),
        `${web}/autoconfig.example.org/mail.mobileconfig`,
      ),
    ).toBe(fileOf(bundle, `${web}/autoconfig.example.org/mail.mobileconfig`));
  });

  it("writes no character that XML would misread", () => {
    const hostile = `<a b="c" d='e'>&amp;</a>`;
    expect(XMLValidator.validate(`<x y="${escapeXml(hostile)}">${escapeXml(hostile)}</x>`)).toBe(true);
    expect(escapeXml(hostile)).not.toMatch(/[<>"']/);
  });
});
