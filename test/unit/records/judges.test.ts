import { createHash, generateKeyPairSync } from "node:crypto";
import { decode, encode, type SrvData } from "dns-packet";
import fc from "fast-check";
import { bimi } from "mailauth/lib/bimi";
import { dmarc } from "mailauth/lib/dmarc";
import { spf } from "mailauth/lib/spf";
import { describe, expect, it } from "vitest";
import {
  addressRecord,
  type DnsRecord,
  dmarcPolicies,
  type MailDomainPlan,
  mailDomainRecords,
  mailHostRecords,
  parkedDomainRecords,
  tlsaContent,
  tlsaRecord,
} from "../../../records";
import { parseIssuer, problemOf } from "../../../verify/caa/record";
import { whyUnusable } from "../../../verify/dane/tlsa";
import { parseKeyRecord } from "../../../verify/dkim/key-record";
import { parseDmarc } from "../../../verify/dmarc/record";
import { parseStsRecord } from "../../../verify/mta-sts/record";
import { parseSpf } from "../../../verify/spf/record";
import { parseTlsRptRecord } from "../../../verify/tls-rpt/record";
import { choices, plan } from "./support/plans";
import { unquote } from "./support/presentation";

const hostAddress = "192.0.2.25";

/** DNS with these records in it, as Node's resolver answers. */
function resolverOf(records: readonly DnsRecord[]) {
  return async (name: string, type: string) => {
    const found = records.filter((record) => record.name === name && record.type === type);
    if (found.length === 0) throw Object.assign(new Error("no such record"), { code: "ENODATA" });
    return found.map(({ content, priority }) => {
      if (type === "TXT") return unquote(content);
      return type === "MX" ? { exchange: content, priority } : content;
    }) as string[];
  };
}

function world(changes: Partial<MailDomainPlan> = {}): DnsRecord[] {
  const { hostname } = plan(changes);
  const host = {
    hostname,
    issuer: { identity: "letsencrypt.org" },
    contact: `postmaster@${hostname}`,
    domain: hostname === "example.org" ? { limitsIssuers: false } : undefined,
  };
  return [
    addressRecord(hostname, hostAddress),
    ...Object.values(mailHostRecords(host)),
    ...Object.values(mailDomainRecords(plan(changes))),
  ];
}

async function spfOf(
  records: readonly DnsRecord[],
  ip: string,
  sender = "alice@example.org",
): Promise<string> {
  const helo = "mx1.example.org";
  const { status } = await spf({ sender, ip, helo, mta: "mx.example.net", resolver: resolverOf(records) });
  return status.result;
}

describe("to mailauth", () => {
  it.each<[string, Partial<MailDomainPlan>]>([
    ["as usual", {}],
    ["in the shadow of another host", { hasMx: false }],
    ["that has the host's own name", { hostname: "example.org" }],
  ])("mail of a domain %s may come from the host and from nobody else", async (_, changes) => {
    expect(await spfOf(world(changes), hostAddress)).toBe("pass");
    expect(await spfOf(world(changes), "192.0.2.26")).toBe("fail");
  });

  it("it may come from the further senders that are named, by address, by prefix and by include", async () => {
    const relay = parkedDomainRecords("relay.example.net");
    const records = [
      ...world({ spfAddresses: ["198.51.100.0/24", "2001:db8::/64"], spfIncludes: ["relay.example.net"] }),
      { ...(relay.spf as DnsRecord), content: '"v=spf1 ip4:203.0.113.7 -all"' },
    ];
    for (const ip of ["198.51.100.99", "2001:db8::99", "203.0.113.7"])
      expect(await spfOf(records, ip), ip).toBe("pass");
    for (const ip of ["198.51.101.1", "2001:db8:0:1::1", "203.0.113.8"])
      expect(await spfOf(records, ip), ip).toBe("fail");
  });

  it("a bounce of the host passes by its EHLO name", async () => {
    expect(await spfOf(world(), hostAddress, "")).toBe("pass");
    expect(await spfOf(world(), "192.0.2.26", "")).toBe("fail");
  });

  it("no mail of a parked domain is genuine", async () => {
    const records = Object.values(parkedDomainRecords("example.net"));
    expect(await spfOf(records, hostAddress, "alice@example.net")).toBe("fail");
    const verdict = await dmarc({ headerFrom: "example.net", resolver: resolverOf(records) });
    expect(verdict).toMatchObject({ policy: "reject", status: { result: "fail" } });
  });

  it.each(dmarcPolicies)(
    "DMARC of a domain has the policy %s, and passes what SPF vouches for",
    async (p) => {
      const resolver = resolverOf(world({ dmarcPolicy: p }));
      const forged = await dmarc({ headerFrom: "example.org", resolver });
      expect(forged).toMatchObject({ domain: "example.org", policy: p, status: { result: "fail" } });
      const genuine = await dmarc({ headerFrom: "example.org", spfDomains: ["example.org"], resolver });
      expect(genuine).toMatchObject({ status: { result: "pass" } });
    },
  );

  it("the logo of a domain is where it was said, and so is its certificate", async () => {
    const logo = "https://example.org/logo.svg";
    const certificate = "https://example.org/vmc.pem";
    for (const chosen of [{ logo }, { logo, certificate }]) {
      const resolver = resolverOf(world({ bimi: chosen }));
      const passed = await dmarc({ headerFrom: "example.org", spfDomains: ["example.org"], resolver });
      const found = (await bimi({ dmarc: passed || undefined, resolver })) || undefined;
      expect(found).toMatchObject({ status: { result: "pass" }, location: logo });
      expect(found?.authority).toBe("certificate" in chosen ? certificate : undefined);
    }
  });
});

describe("to our own checks, which share no code with what writes them, the records of any domain are good:", () => {
  const hostname = "mx1.example.org";
  const whole = choices.map((chosen) => ({ ...chosen, domain: "example.org", hostname }));
  const text = (record?: DnsRecord) => unquote(record?.content ?? "").join("");
  const always = (judge: (chosen: MailDomainPlan, records: Record<string, DnsRecord>) => void) =>
    fc.assert(fc.property(whole, (chosen) => judge(chosen, mailDomainRecords(chosen))));

  it("SPF ends with -all, and has nothing idle and nothing wrong", () => {
    always((_, { spf }) => {
      const { mechanisms, problems, idle } = parseSpf(text(spf));
      expect([problems, idle]).toEqual([[], []]);
      expect(mechanisms.at(-1)).toMatchObject({ name: "all", qualifier: "-" });
    });
  });

  it("DMARC has the policy and the addresses", () => {
    always(({ dmarcPolicy, dmarcReports }, { dmarc }) => {
      const { p, rua, problems, slips } = parseDmarc(text(dmarc));
      expect({ p, problems, slips }).toEqual({ p: dmarcPolicy, problems: [], slips: [] });
      expect(rua.map(({ uri }) => uri)).toEqual(dmarcReports.map((address) => `mailto:${address}`));
    });
  });

  it("DMARC's reports of others are agreed to", () => {
    always(({ dmarcReportsOf }, records) => {
      for (const other of dmarcReportsOf) {
        const record = records[`dmarc-reports-of-${other}`];
        expect(record?.name).toBe(`${other}._report._dmarc.example.org`);
        expect(parseDmarc(text(record)).problems).toEqual([]);
      }
    });
  });

  it("MTA-STS and TLS-RPT follow their grammars, with the addresses", () => {
    always(({ tlsReports }, records) => {
      expect(parseStsRecord(text(records["mta-sts"])).problems).toEqual([]);
      const { destinations, problems } = parseTlsRptRecord(text(records["tls-rpt"]));
      expect(problems).toEqual([]);
      expect(destinations.map((to) => to.by === "mail" && to.address)).toEqual(tlsReports);
    });
  });

  it("CAA names the authorities that were named, and nobody for S/MIME", () => {
    always(({ caaIssuers = [] }, records) => {
      const caa = Object.values(records)
        .filter(({ type }) => type === "CAA")
        .map(caaOf);
      expect(caa.flatMap((each) => problemOf(each) ?? [])).toEqual([]);
      const issuers = (tag: string) =>
        caa.filter((each) => each.tag === tag).map(({ value }) => parseIssuer(value)?.domain);
      expect(issuers("issue")).toEqual(caaIssuers);
      expect(issuers("issuemail")).toEqual([""]);
    });
  });

  it("SRV goes through the wire to the ports that mail programs use", () => {
    always((_, records) => {
      const srv = Object.values(records)
        .filter(({ type }) => type === "SRV")
        .map(overTheWire);
      const there = srv.filter(({ data }) => data.target !== ".");
      expect(there.map(({ name, data }) => [name, data.port, data.target])).toEqual([
        ["_submissions._tcp.example.org", 465, hostname],
        ["_submission._tcp.example.org", 587, hostname],
        ["_imaps._tcp.example.org", 993, hostname],
        ["_sieve._tcp.example.org", 4190, hostname],
      ]);
      expect(srv.filter(({ data }) => data.target === ".").map(({ data }) => data.port)).toEqual([0, 0, 0]);
    });
  });
});

describe("a host's CAA records", () => {
  it("allow one authority by one way and one account, in the words that authorities know", () => {
    const accountUri = "https://acme-v02.api.letsencrypt.org/acme/acct/1";
    const records = mailHostRecords({
      hostname: "mx1.example.org",
      issuer: { identity: "letsencrypt.org", accountUri },
      contact: "alice@example.org",
    });
    const caa = Object.values(records)
      .filter(({ type }) => type === "CAA")
      .map(caaOf);
    expect(caa.flatMap((each) => problemOf(each) ?? [])).toEqual([]);
    const [issue] = caa.filter(({ tag }) => tag === "issue").map(({ value }) => parseIssuer(value));
    expect(issue).toEqual({
      domain: "letsencrypt.org",
      parameters: [
        ["validationmethods", "http-01"],
        ["accounturi", accountUri],
      ],
    });
  });
});

describe("a parked domain's DKIM record", () => {
  it("is a revoked key", () => {
    const { "dkim-none": none } = parkedDomainRecords("example.net");
    expect(parseKeyRecord(unquote(none?.content ?? "").join(""))).toMatchObject({
      revoked: true,
      problems: [],
    });
  });
});

describe("a TLSA record", () => {
  it("vouches for a key on port 25 in a way that senders of mail can use", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const digest = createHash("sha256")
      .update(publicKey.export({ format: "der", type: "spki" }))
      .digest("hex");
    const record = tlsaRecord("mx1.example.org", tlsaContent(digest));
    expect(record).toEqual({
      name: "_25._tcp.mx1.example.org",
      type: "TLSA",
      ttl: 3600,
      content: `3 1 1 ${digest}`,
    });
    const [usage = 0, selector = 0, matchingType = 0, data = ""] = record.content
      .split(" ")
      .map((part, i) => (i < 3 ? Number(part) : part)) as [number, number, number, string];
    expect(whyUnusable({ usage, selector, matchingType, data })).toBeUndefined();
  });
});

function caaOf({ content }: DnsRecord) {
  const [, flags, tag = "", value = ""] = /^(\d+) (\w+) "(.*)"$/.exec(content) ?? [];
  return { flags: Number(flags), tag, value };
}

/** An SRV record as a resolver gets it. */
function overTheWire({ name, content }: DnsRecord): { readonly name: string; readonly data: SrvData } {
  const [priority, weight, port = 0, target = ""] = content.split(" ");
  const data = { priority: Number(priority), weight: Number(weight), port: Number(port), target };
  const bytes = encode({ type: "response", answers: [{ type: "SRV", name, ttl: 3600, data }] });
  const [answer] = decode(bytes).answers ?? [];
  if (answer?.type !== "SRV") throw new Error(`${name} is no SRV record`);
  return answer;
}
