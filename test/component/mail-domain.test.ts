import { describe, expect, it } from "vitest";
import { MailDomain, type MailDomainArgs, ZoneContents } from "../../components";
import type { ExistingRecord } from "../../records";
import { mockEngine, registered } from "./support/mocks";

type Found = Pick<ExistingRecord, "type" | "content"> & Partial<ExistingRecord>;

const holding = (...records: Found[]) =>
  new ZoneContents(
    records.map((record, i) => ({
      zoneId: "zone-org",
      id: `id-${i}`,
      name: "example.org",
      ttl: 3600,
      proxied: false,
      comment: "",
      createdOn: "2026-01-01T00:00:00Z",
      ...record,
    })),
  );
const spfAt = (content: string, comment: string) => holding({ type: "TXT", content, comment });

async function made(args: Partial<MailDomainArgs>) {
  const engine = await mockEngine();
  const domain = new MailDomain("mail", {
    domain: "example.org",
    hostname: "mx1.example.org",
    zoneId: "zone-org",
    ...args,
  });
  await registered();
  const records = engine.all("cloudflare:index/dnsRecord:DnsRecord");
  return { domain, records: new Map(records.map(({ name, inputs }) => [name, inputs])) };
}

async function spfOf(args: Partial<MailDomainArgs>): Promise<unknown> {
  const { records } = await made({ existing: { spf: "merge" }, ...args });
  return records.get("mail-spf")?.content;
}

describe("an SPF record that is merged and takes all ten look-ups", () => {
  const nine = Array.from({ length: 9 }, (_, i) => `include:s${i}.example.net`).join(" ");
  const own = "pulumi-mailserver mailserver/test/mail";

  it("is taken over, and is no longer for that in any run after", async () => {
    const first = await spfOf({ contents: spfAt(`"v=spf1 ${nine} ~all"`, "") });
    expect(first).toBe(`"v=spf1 a:mx1.example.org ${nine} -all"`);
    expect(await spfOf({ contents: spfAt(String(first), own) })).toBe(first);
  });

  it("counts a sender once that is declared too", async () => {
    const contents = spfAt(`"v=spf1 ${nine} ~all"`, "");
    const spfIncludes = ["s0.example.net", "s1.example.net"];
    expect(await spfOf({ contents, spfIncludes })).toBe(`"v=spf1 a:mx1.example.org ${nine} -all"`);
  });

  it("is refused with one sender more, by a message that counts them", async () => {
    const contents = spfAt(`"v=spf1 ${nine} ~all"`, "");
    const refused = spfOf({ contents, spfIncludes: ["s9.example.net"] });
    await expect(refused).rejects.toThrow(
      /spfIncludes: got 11 look-ups \(the host 1, s9\.example\.net 1, .*wants at most 10/,
    );
  });

  it("is refused with one host more in it, by a message that names that too", async () => {
    const contents = spfAt(`"v=spf1 mx ${nine} ~all"`, "");
    await expect(spfOf({ contents })).rejects.toThrow(
      /spfIncludes: got 11 look-ups \(the host 1, mx 1, s0\.example\.net 1, /,
    );
  });
});

describe("a domain's MTA-STS policy", () => {
  const elsewhere = { type: "MX", content: "mail.elsewhere.test", priority: 10 };
  const here = { type: "MX", content: "MX1.example.org", priority: 10 };
  const mode = async (args: Partial<MailDomainArgs>) =>
    /^mode: (\w+)\r$/m.exec((await made(args)).domain.mtaStsPolicy)?.[1];

  it("is kept to where the domain's mail comes to the host", async () => {
    expect(await mode({})).toBe("enforce");
    expect(await mode({ contents: holding(elsewhere), existing: { mx: "replace" } })).toBe("enforce");
  });

  it.each<[string, Partial<MailDomainArgs>, string]>([
    ["in the shadow", { shadow: true }, "testing"],
    ["its MX left to another host", { contents: holding(elsewhere), existing: { mx: "leave" } }, "testing"],
    ["its MX taken over as it is", { contents: holding(elsewhere), existing: { mx: "adopt" } }, "testing"],
    ["its MX left, and there is none", { contents: holding(), existing: { mx: "leave" } }, "testing"],
    ["its MX left, with what it says not known", { existing: { mx: "leave" } }, "testing"],
    ["its MX left, which leads here", { contents: holding(here), existing: { mx: "leave" } }, "enforce"],
    ["an MX to take over, and there is none", { contents: holding(), existing: { mx: "adopt" } }, "enforce"],
    ["in the shadow, and none is wanted", { shadow: true, mtaSts: "none" }, "none"],
  ])("forbids no mail that still goes elsewhere: %s", async (_, args, wanted) => {
    expect(await mode(args)).toBe(wanted);
  });
});

describe("CAA records of a domain that is part of another", () => {
  const department = { domain: "dept.example.org" };
  const caaOf = async (args: Partial<MailDomainArgs>) =>
    [...(await made({ ...department, ...args })).records.keys()].filter((name) => name.includes("-caa-"));

  it("are left out where that one says who may issue, as any record here would let everybody", async () => {
    const limited = holding({ type: "CAA", content: '0 issue "letsencrypt.org"' });
    expect(await caaOf({ contents: limited })).toEqual([]);
    expect(await caaOf({ contents: limited, caaIssuers: ["pki.goog"] })).toContain(
      "mail-caa-issuer-pki.goog",
    );
  });

  it("are made where that one limits nobody", async () => {
    const both = ["mail-caa-issuemail", "mail-caa-iodef"];
    expect(await caaOf({ contents: holding() })).toEqual(both);
    expect(
      await caaOf({ contents: holding({ type: "CAA", content: '0 iodef "mailto:a@example.org"' }) }),
    ).toEqual(both);
    const nearer = holding(
      { type: "CAA", content: '0 issue "letsencrypt.org"' },
      { type: "CAA", name: "b.example.org", content: '0 issuemail ";"' },
    );
    expect(await caaOf({ domain: "a.b.example.org", contents: nearer })).toEqual(both);
  });
});
