import { describe, expect, it } from "vitest";
import { checks } from "../../../verify/checks";
import { mailHosts } from "../../../verify/mail-hosts";
import { CannotCheck, NotApplicable } from "../../../verify/outcome";
import { verify } from "../../../verify/verify";
import { smtpServer } from "./support/smtp-server";
import { subjectIn } from "./support/world";

const soa = { "example.com SOA": ["ns1.example.net hostmaster.example.com 1 1 1 1 1"] };

describe("the hosts that receive a domain's mail", () => {
  it("are unknown where the name servers fail for MX, which mx-exists alone tells", async () => {
    const world = {
      zone: { ...soa, "example.com MX": ["10 mx.example.com"], "mx.example.com A": ["192.0.2.1"] },
      broken: ["example.com MX"],
    };
    await expect(mailHosts(subjectIn(world))).rejects.toThrow(CannotCheck);
    const { checks: reports } = await verify(
      subjectIn(world),
      checks.filter(({ id }) => /^(mx|smtp|tls-[^r])/.test(id)),
    );
    const found = new Map(reports.map(({ id, outcome }) => [id, outcome]));
    expect(found.get("mx-exists")).toBe("failed");
    found.delete("mx-exists");
    expect([...new Set(found.values())]).toEqual(["not-checked"]);
  });

  describe("without MX records", () => {
    const zone = { ...soa, "example.com A": ["192.0.2.1"], "example.com AAAA": ["2001:db8::1"] };

    it("are the domain itself, while port 25 is open there", async () => {
      const world = { zone, listeners: { "192.0.2.1:25": await smtpServer() } };
      expect(await mailHosts(subjectIn(world))).toEqual([
        { name: "example.com", preference: 0, addresses: ["192.0.2.1", "2001:db8::1"] },
      ]);
    });

    it("are none where the domain has only a website, of which mx-exists alone complains", async () => {
      const alone = { ...soa, "example.com A": ["192.0.2.1"] };
      await expect(mailHosts(subjectIn({ zone: alone }))).rejects.toThrow(NotApplicable);
      const { checks: reports } = await verify(
        subjectIn({ zone: alone }),
        checks.filter(({ id }) => /^(mx|smtp|tls|certificate|dane|mta-sts|access|reverse)-/.test(id)),
      );
      const told = reports.filter(({ outcome }) => outcome !== "not-applicable");
      expect(told.map(({ id, outcome }) => `${outcome} ${id}`)).toEqual(["warning mx-exists"]);
    });

    it("are unknown where port 25 does not answer from here", async () => {
      const silent = subjectIn({
        zone,
        listeners: { "192.0.2.1:25": "timeout", "[2001:db8::1]:25": "no-route" },
      });
      await expect(mailHosts(silent)).rejects.toThrow(
        /no MX record.*not known: 192\.0\.2\.1 port 25 did not/,
      );
    });

    it("are none where IPv4 refuses, though there is no IPv6 from here", async () => {
      const refusing = subjectIn({ zone, listeners: { "[2001:db8::1]:25": "no-route" } });
      await expect(mailHosts(refusing)).rejects.toThrow(NotApplicable);
    });
  });
});
