import { describe, expect, it } from "vitest";
import { MailDomain, type MailDomainArgs, ZoneContents } from "../../components";
import { mockEngine, registered } from "./support/mocks";

const spfAt = (content: string, comment: string) =>
  new ZoneContents([
    {
      zoneId: "zone-org",
      id: "0123456789abcdef",
      name: "example.org",
      type: "TXT",
      ttl: 3600,
      content,
      proxied: false,
      comment,
      createdOn: "2026-01-01T00:00:00Z",
    },
  ]);

async function spfOf(args: Partial<MailDomainArgs>): Promise<unknown> {
  const engine = await mockEngine();
  new MailDomain("mail", {
    domain: "example.org",
    hostname: "mx1.example.org",
    zoneId: "zone-org",
    existing: { spf: "merge" },
    ...args,
  });
  await registered();
  return engine.one("cloudflare:index/dnsRecord:DnsRecord", "mail-spf").inputs.content;
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
