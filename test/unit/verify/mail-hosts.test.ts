import { describe, expect, it } from "vitest";
import { checks } from "../../../verify/checks";
import { mailHosts } from "../../../verify/mail-hosts";
import { CannotCheck } from "../../../verify/outcome";
import { verify } from "../../../verify/verify";
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
});
