import type { Stack } from "@pulumi/pulumi/automation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lookUpZones } from "../../components";
import type { TypedRecord } from "../../local/providers/cloudflare/dashboard";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { dashboardOf, mailServer } from "./support/mail-server";
import { changesOf, failure, stackOf } from "./support/stack";

const zone = "example.test";

describe("a zone that lives already", () => {
  let cloud: TestCloud;
  let stack: Stack;
  beforeEach(async () => {
    cloud = await openTestCloud();
    stack = await stackOf(cloud, mailServer());
  });
  afterEach(() => cloud.close());

  const there = (...records: TypedRecord[]) =>
    Promise.all(records.map((record) => dashboardOf(cloud).addRecord(zone, record)));
  const held = (name: string, type: string) =>
    dashboardOf(cloud)
      .records(zone)
      .filter((record) => record.name === name && record.type === type)
      .map(({ priority, content }) => [priority ?? [], content].flat().join(" "));

  it("keeps what is in nobody's way", async () => {
    await there(
      { name: "www", type: "A", content: "192.0.2.80", proxied: true },
      { name: "@", type: "TXT", content: "google-site-verification=abc" },
      { name: "@", type: "CAA", content: '0 issue "pki.goog"' },
    );
    const before = dashboardOf(cloud).records(zone);
    await stack.up();
    expect(dashboardOf(cloud).records(zone)).toEqual(expect.arrayContaining(before));
    expect(changesOf(await stack.preview({ program: mailServer() }).then(asResult))).toEqual({});
    await stack.destroy();
    expect(dashboardOf(cloud).records(zone)).toEqual(before);
  });

  it.each<[string, TypedRecord[], string, RegExp]>([
    [
      "an MX of another service",
      [
        { name: "@", type: "MX", content: "aspmx.l.google.com", priority: 1 },
        { name: "@", type: "MX", content: "alt1.aspmx.l.google.com", priority: 5 },
      ],
      "domains[0].existing.mx: got somebody else's example.test MX 1 aspmx.l.google.com, example.test MX 5 alt1.aspmx.l.google.com",
      /wants one of "leave" \(it stays as it is, and this stack publishes none\), as senders would deliver to either host/,
    ],
    [
      "a second SPF record",
      [{ name: "@", type: "TXT", content: "v=spf1 include:_spf.google.com ~all" }],
      'domains[0].existing.spf: got somebody else\'s example.test TXT "v=spf1 include:_spf.google.com ~all"',
      /"leave" .*"adopt" .*"replace" .*"merge" .*void each other \(RFC 7208 section 4\.5\)/,
    ],
    [
      "a second DMARC record",
      [{ name: "_dmarc", type: "TXT", content: "v=DMARC1; p=none" }],
      'domains[0].existing.dmarc: got somebody else\'s _dmarc.example.test TXT "v=DMARC1; p=none"',
      /"leave" .*"adopt" .*"replace"/,
    ],
    [
      "a proxied record under the mail host's name",
      [{ name: "mx1", type: "A", content: "192.0.2.80", proxied: true }],
      "existing.address: got somebody else's mx1.example.test A 192.0.2.80 (proxied)",
      /Cloudflare's proxy, which passes no mail/,
    ],
    [
      "a CNAME where another type is wanted",
      [{ name: "_dmarc", type: "CNAME", content: "dmarc.elsewhere.test" }],
      "domains[0].existing.dmarc: got somebody else's _dmarc.example.test CNAME dmarc.elsewhere.test",
      /a CNAME lets nothing stand beside it/,
    ],
    [
      "an address where a CNAME is wanted",
      [{ name: "autodiscover", type: "A", content: "192.0.2.80" }],
      "domains[0].existing.autodiscover-host: got somebody else's autodiscover.example.test A 192.0.2.80",
      /a CNAME stands alone/,
    ],
    [
      "another service's settings for mail programs",
      [{ name: "_imaps._tcp", type: "SRV", content: "0 1 993 imap.elsewhere.test", priority: 0 }],
      "domains[0].existing.srv-imaps: got somebody else's _imaps._tcp.example.test SRV",
      /mail programs would log in to either server/,
    ],
  ])(
    "is not touched when it has %s: the preview names it and what can be decided",
    async (_, records, got, wants) => {
      await there(...records);
      const before = cloud.store.size;
      const said = await failure(stack.preview());
      expect(said).toContain(got);
      expect(said).toMatch(wants);
      expect(cloud.store.size).toBe(before);
    },
  );

  it("is not touched when Cloudflare Email Routing receives its mail", async () => {
    await dashboardOf(cloud).setEmailRouting(zone, "on");
    const said = await failure(stack.preview());
    expect(said).toContain("domains[0].existing.mx: got somebody else's example.test MX");
    expect(said).toContain("Cloudflare Email Routing receives the domain's mail; turn it off there first");
    expect(said).toContain("domains[0].existing.spf: got somebody else's");
  });

  it("has all that is in the way named at once, on every domain", async () => {
    await there(
      { name: "@", type: "MX", content: "mail.elsewhere.test", priority: 10 },
      { name: "@", type: "TXT", content: "v=spf1 mx -all" },
      { name: "_dmarc", type: "TXT", content: "v=DMARC1; p=none" },
    );
    const said = await failure(stack.preview());
    expect(said).toContain("3 properties must be corrected");
    for (const role of ["mx", "spf", "dmarc"]) expect(said).toContain(`domains[0].existing.${role}: got`);
  });

  it("keeps a record that is left to its owner", async () => {
    await there({ name: "@", type: "MX", content: "mail.elsewhere.test", priority: 10 });
    await stack.up({ program: mailServer({}, { existing: { mx: "leave" } }) });
    expect(held(zone, "MX")).toEqual(["10 mail.elsewhere.test"]);
    // Reports go where the domain's mail goes, and the host's own address for them is not there.
    expect(held("_dmarc.example.test", "TXT")).toEqual([
      '"v=DMARC1; p=reject; rua=mailto:postmaster@example.test"',
    ]);
  });

  it("gives a record back that was only taken over: when it is left again, and at the end", async () => {
    await there({ name: "@", type: "MX", content: "mail.elsewhere.test", priority: 10 });
    const before = dashboardOf(cloud).records(zone);
    await stack.up({ program: mailServer({}, { existing: { mx: "adopt" } }) });
    await stack.up({ program: mailServer({}, { existing: { mx: "leave" } }) });
    expect(dashboardOf(cloud).records(zone)).toEqual(expect.arrayContaining(before));
    await stack.up({ program: mailServer({}, { existing: { mx: "adopt" } }) });
    await stack.destroy();
    expect(dashboardOf(cloud).records(zone)).toEqual(before);
  });

  it("has a mail domain under the host's own name in two runs, as one record is never two resources'", async () => {
    await stack.up();
    const domains = (existing?: Record<string, "leave">) => async () => {
      const { at } = await lookUpZones([{ name: zone, key: "zone" }]);
      const ofHost = { name: "mx1.example.test", ...at(zone), existing };
      return mailServer({ domains: [{ name: zone, ...at(zone) }, ofHost] })();
    };
    const said = await failure(stack.up({ program: domains() }));
    expect(said).toMatch(
      /domains\[1\]\.existing\.spf: got what mail of this stack has made, mx1\.example\.test TXT "v=spf1 a -all", wants it gone first: run pulumi up once with "leave" here/,
    );
    const roles = [...said.matchAll(/domains\[1\]\.existing\.([\w-]+): got/g)].map(([, role = ""]) => role);
    await stack.up({ program: domains(Object.fromEntries(roles.map((role) => [role, "leave"]))) });
    await stack.up({ program: domains() });
    expect(held("mx1.example.test", "TXT")).toEqual(['"v=spf1 a -all"']);
    expect(held("mx1.example.test", "CAA").filter((content) => content.includes("issuemail"))).toHaveLength(
      1,
    );
    expect(changesOf(await stack.up({ program: domains() }))).toEqual({});
  });

  it("hands over a record unchanged, and gives it its new content when that is said", async () => {
    await there({ name: "@", type: "MX", content: "mail.elsewhere.test", priority: 10 });
    const [{ id } = { id: "" }] = dashboardOf(cloud).records(zone);
    const adopted = await stack.up({ program: mailServer({}, { existing: { mx: "adopt" } }) });
    expect(changesOf(adopted).import).toBe(1);
    expect(held(zone, "MX")).toEqual(["10 mail.elsewhere.test"]);
    expect(changesOf(await stack.up({ program: mailServer({}, { existing: { mx: "adopt" } }) }))).toEqual({});

    const replaced = mailServer({}, { existing: { mx: "replace" } });
    // The record, the components that were told, and what follows from where the mail goes: the MTA-STS policy in the
    // bundle, its id, and where reports go.
    expect(changesOf(await stack.up({ program: replaced }))).toEqual({ update: 8 });
    expect(held(zone, "MX")).toEqual(["10 mx1.example.test"]);
    const mx = dashboardOf(cloud)
      .records(zone)
      .filter(({ type }) => type === "MX");
    expect(mx.map((record) => record.id)).toEqual([id]);
    // From then on it is the stack's own, whatever is said.
    expect(changesOf(await stack.up({ program: mailServer() }))).toEqual({ update: 2 });
    expect(
      dashboardOf(cloud)
        .records(zone)
        .filter(({ type }) => type === "MX"),
    ).toEqual(mx);
  });

  it("hands over a record and gives it its new content in one run, and it stays the same record", async () => {
    await there({ name: "_dmarc", type: "TXT", content: "v=DMARC1; p=none" });
    const [{ id } = { id: "" }] = dashboardOf(cloud).records(zone);
    const { summary } = await stack.up({ program: mailServer({}, { existing: { dmarc: "replace" } }) });
    expect(summary.resourceChanges).toMatchObject({ import: 1, update: 1 });
    const made = dashboardOf(cloud)
      .records(zone)
      .filter(({ name }) => name === "_dmarc.example.test");
    expect(made).toMatchObject([
      { id, content: '"v=DMARC1; p=reject; rua=mailto:dmarc-reports@example.test"' },
    ]);
  });

  it("keeps the senders of an SPF record that is merged, run after run", async () => {
    await there({
      name: "@",
      type: "TXT",
      content: "v=spf1 ip4:192.0.2.7 a:old.example.test include:_spf.elsewhere.test ~all",
    });
    const merged = mailServer({}, { existing: { spf: "merge" } });
    await stack.up({ program: merged });
    const both =
      '"v=spf1 a:mx1.example.test ip4:192.0.2.7 a:old.example.test include:_spf.elsewhere.test -all"';
    expect(held(zone, "TXT")).toContain(both);
    const again = await stack.up({ program: merged });
    expect(changesOf(again)).toEqual({});
    expect(held(zone, "TXT")).toContain(both);
    // To be rid of one of them, they have to be declared.
    expect(again.stdout).toContain(
      "SPF of example.test: a:old.example.test, ip4:192.0.2.7, include:_spf.elsewhere.test may send because the record",
    );
    const declared = { spfAddresses: ["192.0.2.7"], spfIncludes: ["_spf.elsewhere.test"] };
    const said = await stack.up({ program: mailServer({}, { ...declared, existing: { spf: "merge" } }) });
    expect(said.stdout).toContain("SPF of example.test: a:old.example.test may send");
    await stack.up({ program: mailServer({}, { spfAddresses: ["192.0.2.7"] }) });
    expect(held(zone, "TXT")).toContain('"v=spf1 a:mx1.example.test ip4:192.0.2.7 -all"');
  });

  it("is still the stack's own after the stack was renamed, when its former name is given", async () => {
    await stack.up();
    const before = dashboardOf(cloud).records(zone);
    await stack.rename({ stackName: "renamed" });
    expect(await failure(stack.preview())).toContain(
      "got somebody else's example.test MX 10 mx1.example.test",
    );
    await stack.up({ program: mailServer({ formerStack: "engine/test" }) });
    const after = dashboardOf(cloud).records(zone);
    expect(after.map(({ id, content }) => [id, content])).toEqual(
      before.map(({ id, content }) => [id, content]),
    );
    expect(changesOf(await stack.up({ program: mailServer() })).delete).toBeUndefined();
    expect(dashboardOf(cloud).records(zone)).toEqual(after);
  });

  it("can be tried with everything but the MX while its mail still goes elsewhere", async () => {
    await there({ name: "@", type: "MX", content: "mail.elsewhere.test", priority: 10 });
    await stack.up({ program: mailServer({}, { shadow: true }) });
    expect(held(zone, "MX")).toEqual(["10 mail.elsewhere.test"]);
    expect(held("rsa1._domainkey.example.test", "TXT")).toHaveLength(1);
    expect(held(zone, "TXT")).toEqual(['"v=spf1 a:mx1.example.test -all"']);
  });
});

/** A preview's changes as an update's. */
function asResult({ changeSummary }: { readonly changeSummary: object }) {
  return { summary: { resourceChanges: changeSummary } };
}
