import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderNginx } from "../../host/nginx";
import { changeCertificates, type Deployment, filesOf, openDeployment } from "./support/bundle";
import { openSite } from "./support/faults/site";
import { alice } from "./support/imap";
import { shared as local } from "./support/shared";

const hostname = alice.host;
const domain = "example.test";
const names = ["mta-sts", "autoconfig", "autodiscover"].map((label) => `${label}.${domain}`);
const policy = `version: STSv1\r\nmode: enforce\r\nmx: ${hostname}\r\nmax_age: 604800\r\n`;

let deployment: Deployment;
let unpublish = async () => {};

/** Gives the host the web names of a domain, whatever the stack declares. */
beforeAll(async () => {
  const site = await openSite(local, String((await local.outputs()).publicIp));
  unpublish = await site.zone(Object.fromEntries(names.map((name) => [`${name} A`, [site.address]])));
  deployment = await openDeployment(local);
  const bundle = deployment.bundle();
  const nginx = renderNginx({
    hostname,
    domains: [{ name: domain, dkim: [], web: { mtaStsPolicy: policy } }],
  });
  const files = filesOf(bundle, "nginx");
  files.splice(0, files.length, ...nginx.files);
  changeCertificates(bundle, { web: [{ domain, names, pair: `/etc/mailserver/tls/web/${domain}.pem` }] });
  const { webCertificates } = await deployment.apply(bundle);
  expect(webCertificates).toMatchObject({ domains: 1, issued: 1 });
});

afterAll(async () => {
  await unpublish();
  await deployment.restore();
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Asks as a stranger who verifies certificates. */
async function ask(url: string, ...options: string[]): Promise<Answer> {
  const format = "\n%{http_code} %{content_type}";
  const { code, stdout, stderr } = await local.internet(["curl", "-sS", "-w", format, ...options, url]);
  if (code !== 0) throw new Error(stderr);
  const [, body = "", status, type = ""] = /^(.*)\n(\d+) (.*)$/s.exec(stdout) ?? [];
  return { status: Number(status), type, body };
}

const outlook = (address: string) => [
  "--header",
  "Content-Type: text/xml",
  "--data",
  `<Autodiscover><Request><EMailAddress>${address}</EMailAddress></Request></Autodiscover>`,
];

describe("the web names of a domain", () => {
  it("answer with a certificate of the domain's own", async () => {
    const key = async (host: string) => {
      const ask = `openssl s_client -connect ${host}:443 -servername ${host} 2>/dev/null | openssl x509 -noout -pubkey`;
      return (await local.internet(["sh", "-c", ask], { input: "" })).stdout;
    };
    const [first, ...others] = await Promise.all(names.map(key));
    expect(first).toMatch(/PUBLIC KEY/);
    expect(new Set(others)).toEqual(new Set([first]));
    expect(await key(hostname)).not.toBe(first);
  });

  it("give mail servers the MTA-STS policy byte for byte", async () => {
    expect(await ask(`https://mta-sts.${domain}/.well-known/mta-sts.txt`)).toEqual({
      status: 200,
      type: "text/plain",
      body: policy,
    });
  });

  it.each([
    `https://autoconfig.${domain}/mail/config-v1.1.xml?emailaddress=alice@example.test`,
    `https://autoconfig.${domain}/.well-known/mail-v1.xml?emailaddress=alice@example.test`,
    `https://autoconfig.${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
    `http://autoconfig.${domain}/mail/config-v1.1.xml`,
  ])("give Thunderbird its settings at %s", async (url) => {
    const { status, type, body } = await ask(url);
    expect({ status, type }).toEqual({ status: 200, type: "application/xml" });
    expect(body).toContain("<username>%EMAILADDRESS%</username>");
  });

  it.each(["autodiscover/autodiscover.xml", "Autodiscover/Autodiscover.xml"])(
    "give Outlook its settings at %s, for the user it asks for",
    async (path) => {
      const url = `https://autodiscover.${domain}/${path}`;
      const { status, type, body } = await ask(url, ...outlook(alice.user));
      expect({ status, type }).toEqual({ status: 200, type: "application/xml" });
      expect(body.match(/<LoginName>.*<\/LoginName>/g)).toEqual(
        Array(2).fill(`<LoginName>${alice.user}</LoginName>`),
      );
      expect((await ask(url)).body).toContain("<Type>IMAP</Type>");
    },
  );

  it.each([
    "alice@other.test",
    '"&gt;<b/>@example.test',
    `${"a".repeat(65)}@example.test`,
    "&#x41;@example.test",
  ])("repeat nothing to Outlook that no mailbox of the domain can be called: %s", async (address) => {
    const { status, body } = await ask(
      `https://autodiscover.${domain}/autodiscover/autodiscover.xml`,
      ...outlook(address),
    );
    expect(status).toBe(200);
    expect(body).not.toContain("LoginName");
    expect(body).not.toContain("@");
  });

  it("tell newer Outlooks where that is", async () => {
    const url = `https://autodiscover.${domain}/autodiscover/autodiscover.json`;
    const { status, body } = await ask(`${url}?Email=${alice.user}&Protocol=AutodiscoverV1`);
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 200,
      body: {
        Protocol: "AutodiscoverV1",
        Url: `https://autodiscover.${domain}/autodiscover/autodiscover.xml`,
      },
    });
    expect((await ask(`${url}?Protocol=ActiveSync`)).status).toBe(400);
  });

  it("give Apple's devices a profile that Python's reader of property lists takes", async () => {
    const { status, type, body } = await ask(
      `https://autoconfig.${domain}/mobileconfig?email=alice%40${domain}`,
    );
    expect({ status, type }).toEqual({ status: 200, type: "application/x-apple-aspen-config" });
    const read = "import json,plistlib,sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))";
    const { stdout, stderr } = await local.internet(["python3", "-c", read], { input: body });
    if (stdout === "") throw new Error(stderr);
    expect(JSON.parse(stdout)).toMatchObject({
      PayloadType: "Configuration",
      PayloadContent: [
        {
          PayloadType: "com.apple.mail.managed",
          EmailAddress: alice.user,
          IncomingMailServerHostName: hostname,
          IncomingMailServerPortNumber: 993,
          OutgoingMailServerPortNumber: 465,
        },
      ],
    });
  });

  it.each(["", "?email=alice@other.test", "?email=%22%3E@example.test", "?email=alice@example.test%3Cb"])(
    "give no profile for what can not be an address here: '%s'",
    async (query) => {
      expect((await ask(`https://autoconfig.${domain}/mobileconfig${query}`)).status).toBe(400);
    },
  );

  it("answer each for itself, and the host's own name for none of them", async () => {
    for (const url of [
      `https://mta-sts.${domain}/mail/config-v1.1.xml`,
      `https://autoconfig.${domain}/.well-known/mta-sts.txt`,
      `https://autoconfig.${domain}/autodiscover/autodiscover.xml`,
      `http://mta-sts.${domain}/.well-known/mta-sts.txt`,
      `https://${hostname}/mail/config-v1.1.xml`,
      `http://${hostname}/mail/config-v1.1.xml`,
    ])
      expect((await ask(url)).status, url).toBe(404);
  });

  it("are the only ones: for another name there is not even a handshake", async () => {
    await expect(
      ask("https://nobody.test/", "--connect-to", `nobody.test:443:${hostname}:443`),
    ).rejects.toThrow(/unrecognized.name/);
  });
});
