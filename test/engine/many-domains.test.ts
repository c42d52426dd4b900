import type { Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lookUpZones, MailServer, type MailServerDomain } from "../../components";
import { blowfish } from "../unit/config/support/hashes";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { dashboardOf } from "./support/mail-server";
import { changesOf, stackOf } from "./support/stack";

const zones = ["example.test", "example.org", "example.net"];
const apiToken = `local-two-${"x".repeat(40)}`;
const hmacKey = "c2VjcmV0LWhtYWMta2V5";

/** Twenty, in all zones, and of each choice a domain that made it. */
const names = zones
  .flatMap((zone) => [zone, ...["a", "b", "c", "d", "e", "f"].map((label) => `${label}.${zone}`)])
  .slice(0, 20);
const choices: Readonly<Record<string, Omit<MailServerDomain, "name" | "zoneId">>> = {
  "example.net": { dmarcReports: ["dmarc@example.org", "dmarc@example.net"] },
  "a.example.test": { shadow: true, dmarcReports: ["dmarc@example.org"] },
  "b.example.test": {
    spfIncludes: Array.from({ length: 9 }, (_, i) => `${"s".repeat(40)}${i}.example.com`),
    spfAddresses: ["192.0.2.0/24", "2001:db8::/48"],
  },
  "c.example.org": { mtaSts: "none", caaIssuers: ["letsencrypt.org", "pki.goog"], dmarcPolicy: "none" },
  "d.example.net": { bimi: { logo: "https://example.net/a;b.svg" }, tlsReports: ["tls@example.org"] },
};
const parked = ["parked.example.test", "parked.example.net"];
const zoneOf = (name: string) => zones.find((zone) => name === zone || name.endsWith(`.${zone}`)) ?? "";

/** The host, and a third of the domains, are in a zone of another Cloudflare account. */
const program = async () => {
  const references = zones.map((name) => ({ name, key: name }));
  const { at, contents } = await lookUpZones(references, [{ zones: ["example.net"], apiToken }]);
  const place = (name: string) => ({ name, ...at(zoneOf(name)) });
  const { records } = new MailServer("mail", {
    hostname: "mx1.example.net",
    hostZoneId: at("example.net").zoneId,
    hostZoneProvider: at("example.net").provider,
    contents,
    domains: names.map((name) => ({ ...place(name), ...choices[name] })),
    parkedDomains: parked.map(place),
    mailboxes: [{ address: "alice@example.test", passwordHash: blowfish }],
    postmaster: "alice@example.test",
    acmeEab: { keyId: "kid-1", hmacKey },
    protect: false,
  });
  return { records };
};

describe("twenty domains in zones of two Cloudflare accounts", () => {
  let cloud: TestCloud;
  let stack: Stack;
  let told: readonly { readonly name: string; readonly type: string }[];
  beforeAll(async () => {
    cloud = await openTestCloud({ zones, zoneSettings: { "example.net": { account: "two" } } });
    stack = await stackOf(cloud, program);
    told = (await stack.up()).outputs.records?.value;
  });
  afterAll(() => cloud.close());

  const recordsOf = (zone: string) => dashboardOf(cloud).records(zone);
  const held = (name: string, type: string) =>
    recordsOf(zoneOf(name))
      .filter((record) => record.name === name && record.type === type)
      .map(({ content }) => content);

  it("have their records each in its own zone, all that the program tells of and nothing else", () => {
    const published = zones.flatMap((zone) =>
      recordsOf(zone).map(({ name, type }) => ({ zone, name, type })),
    );
    expect(published.filter(({ zone, name }) => zoneOf(name) !== zone)).toEqual([]);
    const lines = (records: typeof told) => records.map(({ name, type }) => `${name} ${type}`).sort();
    expect(lines(published)).toEqual(lines(told));
    for (const name of names) expect(held(name, "MX"), name).toHaveLength(choices[name]?.shadow ? 0 : 1);
  });

  it("have their host in the other account's zone", () => {
    expect(held("mx1.example.net", "A")).toHaveLength(1);
    expect(held("mx1.example.net", "AAAA")).toHaveLength(1);
    expect(held("_25._tcp.mx1.example.net", "TLSA")).toHaveLength(2);
  });

  it("agree to each other's DMARC reports where one has them sent to another", () => {
    expect(
      zones
        .flatMap(recordsOf)
        .filter(({ name }) => name.includes("._report."))
        .map(({ name, content }) => `${name} ${content}`)
        .sort(),
    ).toEqual([
      'a.example.test._report._dmarc.example.org "v=DMARC1"',
      'example.net._report._dmarc.example.org "v=DMARC1"',
    ]);
    expect(held("_dmarc.example.net", "TXT")).toEqual([
      '"v=DMARC1; p=reject; rua=mailto:dmarc@example.org,mailto:dmarc@example.net"',
    ]);
  });

  it.each(parked)("are beside parked ones, which say that they do no mail: %s", (name) => {
    expect(held(name, "MX")).toEqual(["."]);
    expect(held(name, "TXT")).toEqual(['"v=spf1 -all"']);
    expect(held(`_dmarc.${name}`, "TXT")).toEqual(['"v=DMARC1; p=reject"']);
    expect(held(`*._domainkey.${name}`, "TXT")).toEqual(['"v=DKIM1; p="']);
  });

  it("are unchanged in a second preview and after a refresh, with every type of record", async () => {
    const types = new Set(told.map(({ type }) => type));
    expect([...types].sort()).toEqual(["A", "AAAA", "CAA", "CNAME", "MX", "SRV", "TLSA", "TXT"]);
    const { same, ...changes } = (await stack.preview()).changeSummary as Record<string, number>;
    expect(changes).toEqual({});
    expect(same).toBeGreaterThan(told.length);
    expect(changesOf(await stack.refresh())).toEqual({});
  });

  it("have neither the other account's token nor the authority's key in the state in plain text", async () => {
    const state = await cloud.stateText();
    expect(state).toContain("mx1.example.net");
    expect(state).toContain("pulumi:providers:cloudflare::cloudflare-example.net");
    expect(state).not.toContain(apiToken);
    expect(state).not.toContain(hmacKey);
  });
});
